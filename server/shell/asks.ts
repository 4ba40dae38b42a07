/** Commands that are run to find something out, so that what follows them depends on it. */
import type { Chain, Command, List, Pipeline } from './syntax';

/** By the name of the command: what follows it where only some of its calls ask. */
const asking: Readonly<Record<string, RegExp | undefined>> = {
  ...Object.fromEntries(
    [
      ...[
        '[',
        'test',
        'false',
        'grep',
        'egrep',
        'fgrep',
        'pgrep',
        'pidof',
        'which',
        'type',
        'hash',
        'diff',
        'cmp',
      ],
      ...[
        'expr',
        'ping',
        'nc',
        'ncat',
        'curl',
        'wget',
        'getent',
        'host',
        'dig',
        'nslookup',
        'lsof',
        'mountpoint',
      ],
      ...['id', 'qpid-stat', 'qpid-tool', 'qpid-printevents', 'jq', 'awk'],
    ].map((name) => [name, /^/]),
  ),
  kill: /^-0\b/,
  command: /^-[vV]\b/,
  systemctl: /^(?:-\S+ )*(?:is-|status\b)/,
  service: /\bstatus\b/,
  'qpid-ha': /\b(?:ping|query|status)\b/,
  'qpid-config': /\b(?:queues|exchanges|list)\b/,
};

/** They hand on how the command ends that follows them. */
const before = new Set(['sudo', 'timeout', 'env', 'nice', 'time', 'command']);

/** `body` gives the body of a function of the script. */
export function isTest(
  { commands, negated }: Pipeline,
  body: (name: string) => Command | undefined,
  depth = 0,
): boolean {
  const last = commands[commands.length - 1];
  if (negated || last?.kind === 'test') return true;
  if (last?.kind !== 'simple' || depth > 5) return false;
  const [name = '', ...args] = last.words.map(({ parts: [part] }) =>
    part?.kind === 'text' ? part.text : '',
  );
  const called = lastOf(body(name));
  if (called !== undefined) {
    return [called.first, ...called.rest.map(({ pipeline }) => pipeline)].some((pipeline) =>
      isTest(pipeline, body, depth + 1),
    );
  }
  return asks(name, args);
}

function asks(name: string, args: readonly string[]): boolean {
  const command = name.slice(name.lastIndexOf('/') + 1);
  if (Object.hasOwn(asking, command) && asking[command]?.test(args.join(' '))) return true;
  if (!before.has(command)) return false;
  return args.some((arg, index) => /^[a-z[/]/.test(arg) && asks(arg, args.slice(index + 1)));
}

/** How a function ends is how the last of its commands does. */
function lastOf(command: Command | undefined): Chain | undefined {
  const list: List | undefined = command?.kind === 'group' ? command.body : undefined;
  return list?.[list.length - 1];
}
