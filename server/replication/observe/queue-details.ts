/** All that a broker tells of a queue: what is needed to compare two, and to create one anew. */
import type { BrokerConnection, QmfMap } from '../../amqp/contract';
import { keyOf, queueObject } from '../names';
import { flagOf, mapOf, numberOf, referenceOf, textOf } from './qmf-values';

export interface QueueDetails {
  /** Nanoseconds since the epoch, by the broker's own clock. */
  readonly created: bigint;
  readonly depth: number;
  /** What is counted against `qpid.max_size`. */
  readonly bytes: number;
  /** Counters since the queue was created. */
  readonly enqueued: number;
  readonly dequeued: number;
  readonly acquired: number;
  readonly released: number;
  /** Browsers among them; replicating subscriptions not. */
  readonly consumers: number;
  readonly bindings: number;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly exclusive: boolean;
  readonly alternateExchange: string | undefined;
  readonly arguments: QmfMap;
}

export async function queueDetails(
  { qmf }: BrokerConnection,
  queue: string,
): Promise<QueueDetails | undefined> {
  const object = await qmf.object(queueObject(queue));
  if (object === undefined) return undefined;
  const { created, values } = object;
  const alternate = keyOf(referenceOf(values, 'altExchange'), 'exchange');
  return {
    created,
    depth: numberOf(values, 'msgDepth'),
    bytes: numberOf(values, 'byteDepth'),
    enqueued: numberOf(values, 'msgTotalEnqueues'),
    dequeued: numberOf(values, 'msgTotalDequeues'),
    acquired: numberOf(values, 'acquires'),
    released: numberOf(values, 'releases'),
    consumers: numberOf(values, 'consumerCount'),
    bindings: numberOf(values, 'bindingCount'),
    durable: flagOf(values, 'durable'),
    autoDelete: flagOf(values, 'autoDelete'),
    exclusive: flagOf(values, 'exclusive'),
    alternateExchange: alternate === '' ? undefined : alternate,
    arguments: mapOf(values, 'arguments'),
  };
}

/**
 * Messages that consumers have in hand: they count in the depth, and browsers do not see them. The broker's own
 * statistic `unackedMessages` always reads zero.
 */
export function inHand({ acquired, released, dequeued, consumers }: QueueDetails): number {
  return consumers === 0 ? 0 : Math.max(0, acquired - released - dequeued);
}

/** An AMQP 1.0 client that may send to the queue; clients of older protocols are not listed by the broker. */
export interface AttachedSender {
  readonly container: string;
}

/** Ours are not among them, unless one is open right now. */
export async function attachedSenders(
  { qmf }: BrokerConnection,
  queue: string,
): Promise<readonly AttachedSender[]> {
  const senders = await qmf.objects('incoming');
  return senders
    .filter(({ values }) => textOf(values, 'target') === queue)
    .map(({ values }) => ({ container: textOf(values, 'containerid') }));
}
