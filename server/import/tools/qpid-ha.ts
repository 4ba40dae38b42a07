/** `qpid-ha`, as far as it starts replications (qpid-ha, find_command and ReplicateCmd). */
import type { Field } from '../../shell/expand';
import { flag, type OptionTable, readOptions, valued } from './options';
import { looseOf, other, type ToolCall, textsOf, unclear } from './tool-call';

const table: OptionTable = {
  abbreviations: true,
  options: [
    flag('-h', '--help'),
    valued('-b', '--broker'),
    valued('--timeout'),
    valued('--sasl-mechanism'),
    valued('--sasl-service-name'),
    valued('--ssl-certificate'),
    valued('--ssl-key'),
    valued('--config'),
    flag('--cluster-manager'),
  ],
};

const commands = new Set(['ping', 'status', 'query', 'replicate', 'promote', 'help', 'help-all']);

/** The command is the first word that is one, wherever it stands. */
export function readQpidHa(fields: readonly Field[]): ToolCall {
  const command = fields.find(({ text }) => text !== undefined && commands.has(text));
  if (command === undefined) {
    const loose = looseOf(fields);
    return loose === undefined ? other : unclear(loose.reason ?? 'an argument is not known');
  }
  if (command.text !== 'replicate') return other;
  const read = readOptions(fields, table);
  if (!read.ok) return unclear(`qpid-ha refuses it: ${read.reason}`);
  return replicateOf(read.args, read.values);
}

function replicateOf(args: readonly Field[], values: ReadonlyMap<string, Field>): ToolCall {
  if (values.has('--help')) return other;
  const [command, origin, queue] = args;
  const broker = values.get('--broker');
  const several = looseOf(args);
  if (several !== undefined) return unclear(several.reason ?? 'an argument is not known');
  if (command?.text !== 'replicate' || args.length !== 3) {
    return unclear(
      'qpid-ha refuses it: "replicate" is followed by the address of the origin and the queue, nothing else',
    );
  }
  if (broker === undefined && values.has('--config')) {
    return unclear('the port of its broker stands in the file of --config: name the broker with -b');
  }
  const texts = textsOf([origin, queue, ...(broker === undefined ? [] : [broker])]);
  if ('kind' in texts) return texts;
  const [from = '', name = '', replica = 'localhost'] = texts;
  return { kind: 'replicate', queue: name, origin: from, replica, create: 'never' };
}
