/** Reads the log of a step as the runner of GitHub does (actions/runner, ActionCommand.cs). */

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const known: ReadonlySet<string> = new Set([
  'error',
  'warning',
  'notice',
  'debug',
  'add-mask',
  'set-output',
  'set-env',
  'add-path',
  'group',
  'endgroup',
  'stop-commands',
]);

/** What turns escapes back, in the order in which the runner does it. */
const inData = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;

const inProperties = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;

/** The commands that a log makes the runner obey. */
export function workflowCommands(log: string): readonly WorkflowCommand[] {
  const commands: WorkflowCommand[] = [];
  let stopped: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    if (stopped !== undefined) {
      if (line.trim() === `::${stopped}::`) stopped = undefined;
      continue;
    }
    const command = commandIn(line);
    if (command?.name === 'stop-commands') stopped = command.data;
    else if (command !== undefined) commands.push(command);
  }
  if (stopped !== undefined) throw new Error('The commands are never taken up again.');
  return commands;
}

/** The form that is written today is tried first; the old one may stand anywhere in a line. */
function commandIn(line: string): WorkflowCommand | undefined {
  return currentCommand(line.trimStart()) ?? oldCommand(line);
}

function currentCommand(text: string): WorkflowCommand | undefined {
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  const [, name = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(text.slice(2, end)) ?? [];
  if (!known.has(name)) return undefined;
  const pairs = rest
    .trim()
    .split(',')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), unescaped(pair.slice(at + 1), inProperties)];
    });
  return { name, properties: Object.fromEntries(pairs), data: unescaped(text.slice(end + 2), inData) };
}

function oldCommand(line: string): WorkflowCommand | undefined {
  const [, name, data = ''] = /##\[([\w-]+)[^\]]*\](.*)/s.exec(line) ?? [];
  return name !== undefined && known.has(name) ? { name, properties: {}, data } : undefined;
}

function unescaped(text: string, escapes: readonly (readonly [string, string])[]): string {
  return escapes.reduce((rest, [escaped, meant]) => rest.replaceAll(escaped, meant), text);
}
