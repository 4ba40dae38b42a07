/** Clients that work on a replica queue, as far as its broker tells of them. */
import { BrokerError } from '../../amqp/broker-error';
import { type BrokerConnection, ownContainerId, type QmfObject } from '../../amqp/contract';
import { keyOf, replicatorName } from '../names';
import { flagOf, referenceOf, textOf } from './qmf-values';

/** By the names that they gave themselves, each once. Whoever compares the queues with our tools is not counted. */
export interface Traffic {
  /** Consumers; of AMQP 1.0 also browsers, for the broker does not tell one from the other. */
  readonly readers: readonly string[];
  /** Of AMQP 1.0 only: the broker lists no other senders. */
  readonly writers: readonly string[];
}

/** Undefined where an ACL forbids to look. */
export async function observeTraffic({ qmf }: BrokerConnection, queue: string): Promise<Traffic | undefined> {
  try {
    const [outgoing, incoming, subscriptions] = await Promise.all([
      qmf.objects('outgoing'),
      qmf.objects('incoming'),
      qmf.objects('subscription'),
    ]);
    const consuming = subscriptions.filter(({ values }) => consumes(values, queue));
    return {
      readers: distinct([
        ...clientsOf(outgoing, 'source', queue),
        ...consuming.map(({ values }) => `subscription ${textOf(values, 'name')}`),
      ]),
      writers: distinct(clientsOf(incoming, 'target', queue)),
    };
  } catch (error) {
    if (error instanceof BrokerError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

function clientsOf(links: readonly QmfObject[], node: 'source' | 'target', queue: string): readonly string[] {
  return links
    .filter(({ values }) => textOf(values, node) === queue)
    .map(({ values }) => textOf(values, 'containerid'))
    .filter((container) => container !== ownContainerId);
}

/** A client of AMQP 0-10; those of AMQP 1.0 have no subscriptions. */
function consumes(values: QmfObject['values'], queue: string): boolean {
  return (
    keyOf(referenceOf(values, 'queueRef'), 'queue') === queue &&
    textOf(values, 'name') !== replicatorName(queue) &&
    !flagOf(values, 'browsing')
  );
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
