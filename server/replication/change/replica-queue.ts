/** The queue that a replica needs: of the origin's kind, and without limits. */
import type { QmfMap } from '../../amqp/contract';
import type { BrokerRef } from '../contract';
import { ownPrefix } from '../names';
import type { QueueView } from '../observe/observe';

/**
 * At its limit a replica takes its whole broker down, for a message that cannot be enqueued ends the broker
 * (QueueReplicator.cpp route); its copies are bigger than the originals, so the origin's limits do not fit either.
 * Flow control on a replica would stop the origin's producers. Zero is no limit, and keeps the broker-wide
 * `default-queue-limit` away (QueueFlowLimit.cpp createLimit).
 */
export const unlimited: QmfMap = { 'qpid.max_size': 0, 'qpid.flow_stop_size': 0, 'qpid.flow_resume_size': 0 };

/**
 * Arguments that do not say what kind a queue is, and that would drop messages or the queue itself: what leaves the
 * origin leaves the replica with it, for whatever reason it left.
 */
const notCopied: ReadonlySet<string> = new Set([
  'qpid.max_size',
  'qpid.max_count',
  'qpid.policy_type',
  'qpid.flow_stop_size',
  'qpid.flow_stop_count',
  'qpid.flow_resume_size',
  'qpid.flow_resume_count',
  'qpid.file_size',
  'qpid.file_count',
  'qpid.auto_delete_timeout',
  'qpid.lifetime-policy',
  'qpid.filter',
  'qpid.trace.id',
  'qpid.trace.exclude',
  'no-local',
  'exclusive',
]);

/** Properties of QMF's `create` for a replica of this queue. */
export function replicaProperties(origin: QueueView): QmfMap {
  const kind = Object.entries(origin.arguments).filter(
    ([name]) => !notCopied.has(name) && !name.startsWith(ownPrefix),
  );
  return {
    ...Object.fromEntries(kind),
    ...unlimited,
    durable: origin.durable,
    'auto-delete': origin.autoDelete,
  };
}

/** What decides the order of a queue's messages, and which of them replace others. */
const kindArguments = [
  'qpid.priorities',
  'x-qpid-priorities',
  'qpid.fairshare',
  'x-qpid-fairshare',
  'qpid.last_value_queue_key',
  'qpid.last_value_queue',
  'qpid.group_header_key',
];

type Kind = Pick<QueueView, 'arguments' | 'durable'>;

/** What makes two queues of one name different kinds of queues, as sentences. */
export function argumentDifferences(there: Kind, here: Kind): readonly string[] {
  const shown = (value: unknown) => (value === undefined ? 'not set' : String(value));
  return [
    ...kindArguments
      .filter((name) => String(here.arguments[name] ?? '') !== String(there.arguments[name] ?? ''))
      .map((name) => {
        const [original, copy] = [shown(there.arguments[name]), shown(here.arguments[name])];
        return `${name} is ${original} on the origin and ${copy} on the replica.`;
      }),
    ...(there.durable === here.durable
      ? []
      : [`The queue is durable only on the ${there.durable ? 'origin' : 'replica'}.`]),
  ];
}

/** What will go wrong later with a replica queue that was there before. */
export function warningsOf(
  queue: string,
  replica: BrokerRef,
  here: QueueView | undefined,
  there: QueueView | undefined,
): readonly string[] {
  if (here === undefined || there === undefined) return [];
  const where = `the queue "${queue}" on ${replica.name}`;
  return [
    ...limitWarnings(where, here.arguments),
    ...kindArguments
      .filter((name) => String(here.arguments[name] ?? '') !== String(there.arguments[name] ?? ''))
      .map((name) => `${where} is of another kind than the origin: ${name} differs.`),
    ...(there.durable && !here.durable ? [`${where} is not durable, and the origin is.`] : []),
    ...(here.bindings > 1 ? [`${where} has bindings of its own: what they bring is not on the origin.`] : []),
    ...(here.consumers > 0 ? [`Clients consume from ${where}: the replica loses what they take.`] : []),
  ];
}

function limitWarnings(where: string, args: QmfMap): readonly string[] {
  if (args['qpid.policy_type'] === 'ring') {
    return [`${where} is a ring: it drops messages that are still on the origin.`];
  }
  const size = args['qpid.max_size'];
  const count = args['qpid.max_count'];
  if (isLimit(size) || isLimit(count)) {
    return [`${where} has a limit: when the replica reaches it, its whole broker shuts down.`];
  }
  return size === undefined
    ? [`${where} has the broker's default limit: when the replica reaches it, its whole broker shuts down.`]
    : [];
}

/** Also where only the broker's default limits it. */
export function hasLimits(args: QmfMap): boolean {
  return (
    args['qpid.policy_type'] === 'ring' ||
    args['qpid.max_size'] === undefined ||
    limitWarnings('', args).length > 0
  );
}

/** `qpid.max_count=1000`, for arguments that a replica must not have. */
export function limitsOf(args: QmfMap): readonly string[] {
  return Object.entries(args)
    .filter(([name, value]) => limiting.has(name) && String(value) !== '0')
    .map(([name, value]) => `${name}=${String(value)}`);
}

const limiting: ReadonlySet<string> = new Set([
  'qpid.max_size',
  'qpid.max_count',
  'qpid.policy_type',
  'qpid.flow_stop_size',
  'qpid.flow_stop_count',
]);

function isLimit(value: unknown): boolean {
  return value !== undefined && Number(value) > 0;
}
