import type { Field } from '../../shell/expand';
import { readQpidConfig } from './qpid-config';
import { readQpidHa } from './qpid-ha';
import { readQpidha } from './qpidha';
import { other, type ToolCall, unclear } from './tool-call';
import { baseName, unwrap } from './unwrap';

const tools = new Map<string, (fields: readonly Field[]) => ToolCall>([
  ['qpid-config', readQpidConfig],
  ['qpid-ha', readQpidHa],
  ['qpidha', readQpidha],
]);

/** They show, look for or install what is named, and run nothing of it. */
const quiet = new Set(
  [
    'echo',
    'printf',
    'logger',
    'cat',
    'grep',
    'egrep',
    'which',
    'type',
    'hash',
    'test',
    '[',
    ':',
    'man',
  ].concat([
    'ps',
    'pgrep',
    'pkill',
    'killall',
    'rpm',
    'yum',
    'dnf',
    'apt',
    'apt-get',
    'cp',
    'ln',
    'chmod',
    'ls',
    'rm',
    'sed',
  ]),
);

/** Text in which something is replicated by one of the tools. */
export const mention = /\bqpid-?ha\b.*\breplicate\b|\breplicate\b.*\bqpid-?ha\b|--start-r/;

/** Text in which one of the tools deletes a queue or a replicator. */
const deletion = /\bqpid-config\b.*\bdel\s+(?:queue\b|exchange\s+["']?qpid\.ha-q:)/;

/** What a command does. `source`: its text as written. */
export function readCall(fields: readonly Field[], source: string): ToolCall {
  const [name, ...args] = unwrap(fields);
  if (name?.text === undefined) {
    const reason = name?.reason ?? fields.find(({ text }) => text === undefined)?.reason;
    return mention.test(source) || /\breplicate\b/.test(source)
      ? unclear(`what is run here is not known${reason === undefined ? '' : `: ${reason}`}`)
      : other;
  }
  const command = baseName(name.text);
  const read = tools.get(command);
  if (read !== undefined) return read(args);
  const written = [source, ...args.map(({ text = '' }) => text)].join(' ');
  return quiet.has(command) || !(mention.test(written) || deletion.test(written))
    ? other
    : unclear(`it is run by "${command}", elsewhere or later`);
}
