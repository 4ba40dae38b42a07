/** `qpid-config`, as far as it starts and ends replications (qpid-config, ParseArgs and main). */
import { queueOfReplicator } from '../../replication/names';
import type { Field } from '../../shell/expand';
import { flag, type OptionTable, readOptions, valued } from './options';
import { looseOf, other, type ToolCall, textsOf, unclear } from './tool-call';

const table: OptionTable = {
  abbreviations: true,
  options: [
    flag('-h', '--help'),
    valued('-t', '--timeout'),
    flag('-r', '--recursive'),
    valued('-b', '--broker'),
    valued('-a', '--broker-addr'),
    valued('--sasl-mechanism'),
    valued('--sasl-service-name'),
    valued('--ssl-certificate'),
    valued('--ssl-key'),
    flag('--ha-admin'),
    flag('--ignore-default'),
    valued('--alternate-exchange'),
    flag('--durable'),
    valued('--replicate'),
    valued('--file-count'),
    valued('--file-size'),
    valued('--efp-partition-num'),
    valued('--efp-pool-file-size'),
    valued('--wcache-page-size'),
    valued('--wcache-num-pages'),
    valued('--max-queue-size'),
    valued('--max-queue-count'),
    valued('--limit-policy'),
    valued('--lvq-key'),
    valued('--flow-stop-size'),
    valued('--flow-resume-size'),
    valued('--flow-stop-count'),
    valued('--flow-resume-count'),
    valued('--group-header'),
    flag('--shared-groups'),
    valued('--argument'),
    valued('--start-replica'),
    flag('--sequence'),
    flag('--ive'),
    flag('--force'),
    flag('--force-if-not-empty'),
    flag('--force-if-used'),
    valued('-f', '--file'),
    valued('--show-property'),
  ],
};

const verbs = new Set([
  'add',
  'del',
  'queues',
  'exchanges',
  'bind',
  'unbind',
  'list',
  'log',
  'reload-acl',
  'shutdown',
]);

/** As far as the words tell that are known. */
function mayAddQueue(args: readonly Field[]): boolean {
  const words = args.flatMap(({ text }) => text ?? []);
  const verb = words.find((word) => verbs.has(word));
  return verb === undefined || (verb === 'add' && (words.includes('queue') || words.length === 1));
}

export function readQpidConfig(fields: readonly Field[]): ToolCall {
  const read = readOptions(fields, table);
  if (!read.ok) return unclear(`qpid-config refuses it: ${read.reason}`);
  const { values, args } = read;
  if (values.has('--help')) return other;
  const [verb, type, name] = args;
  const origin = values.get('--start-replica');
  const loose = looseOf(args);
  if (loose !== undefined && mayAddQueue(args)) return unclear(loose.reason ?? 'an argument is not known');
  const adds = isWord(verb, 'add') && isWord(type, 'queue');
  const broker = values.get('--broker-addr') ?? values.get('--broker');
  const replica = broker === undefined ? 'localhost' : broker;
  if (adds && origin !== undefined) {
    const texts = textsOf([name, origin, ...(typeof replica === 'string' ? [] : [replica])]);
    if (!isTexts(texts)) return texts;
    const [queue = '', from = '', to = 'localhost'] = texts;
    return { kind: 'replicate', queue, origin: from, replica: to, create: undefined };
  }
  return isWord(verb, 'del') ? readDel(type, name, replica) : other;
}

function readDel(type: Field | undefined, name: Field | undefined, replica: Field | 'localhost'): ToolCall {
  const texts = textsOf([type, name, ...(replica === 'localhost' ? [] : [replica])]);
  if (!isTexts(texts)) return other;
  const [kind, what = '', to = 'localhost'] = texts;
  if (kind === 'queue') return { kind: 'end', queue: what, replica: to };
  const queue = kind === 'exchange' ? queueOfReplicator(what) : undefined;
  return queue === undefined ? other : { kind: 'end', queue, replica: to };
}

/** What is not known may be any word. */
function isWord(field: Field | undefined, word: string): boolean {
  return field !== undefined && (field.text === word || field.text === undefined);
}

function isTexts(texts: readonly string[] | ToolCall): texts is readonly string[] {
  return Array.isArray(texts);
}
