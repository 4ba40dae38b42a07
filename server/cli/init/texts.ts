import { spell } from '../../manifest/spell';
import type { FoundBroker } from './brokers';

export const configName = 'qpidha.config.yaml';
export const manifestName = 'replicas.qpid.yaml';

/** A configuration that changes nothing, and shows what can be changed. */
export const configText = `# How the files of this project are checked. All of it is optional.
version: 1

# The release of the brokers that read the files; without it, the newest.
# broker: "1.39"

# How grave findings are: error, warning, info, or off. "qpidha rules" lists the rules.
# rules:
#   security/*: error
#   ha/slow-heartbeat: off

# What is not checked, relative to this file. What git ignores is not checked anyway.
# ignore: [archive/]
`;

/**
 * A manifest that declares brokers, and no replication yet.
 *
 * @param loose files that do not fit their broker: they are named in comments only.
 */
export function manifestText(
  brokers: readonly FoundBroker[],
  loose: ReadonlySet<string> = new Set(),
): string {
  const [from, to] = [brokers[0]?.name ?? 'node1', brokers[1]?.name];
  return `# Which queue is replicated from which broker to which.
version: 1

brokers:
${brokers.map((broker) => brokerText(broker, loose)).join('')}
# The replica is created where it is missing, and has the name of the queue.
replications:
#  - queue: orders
#    from: ${spell(from)}
#    to: ${to === undefined ? 'another broker, with a name of its own above' : spell(to)}
`;
}

function brokerText({ name, address, configs }: FoundBroker, loose: ReadonlySet<string>): string {
  const isLoose = configs.some((path) => loose.has(path));
  const paths = configs.map(spellPath);
  const value = paths.length === 1 ? paths[0] : `[${paths.join(', ')}]`;
  const mark = isLoose ? '# Does not fit the address: ' : '';
  return `  ${spell(name)}:\n    address: ${spellPath(address)}\n    ${mark}config: ${value}\n`;
}

/** As YAML text, also within brackets: in quotes where it might be read as something else. */
function spellPath(text: string): string {
  const isPlain =
    /^[A-Za-z_/][\w./:-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$|:$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
