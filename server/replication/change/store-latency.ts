/** How long a broker takes to store what it was sent. It tells nobody its `journal-flush-timeout`, so it is measured. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerConnection } from '../../amqp/contract';
import { ownPrefix } from '../names';
import { queueDetails } from '../observe/queue-details';
import { createQueue, deleteUnusedQueue, type Workbench } from './actions';

/** For work on one queue. */
export interface QueueBench extends Workbench {
  readonly queue: string;
}

const measured = new WeakMap<BrokerConnection, Promise<number>>();

/**
 * Milliseconds from sending a durable message until the broker confirms it, which it does when it is written: when a
 * page of the journal is full, or else when the journal is flushed, 500 ms later by default (linearstore
 * --journal-flush-timeout; measured with 500 ms and 5 s). Measured once a connection, on a queue of its own, for a new
 * journal has to wait the whole time. Throws `BrokerError`, also when it takes longer than any request may.
 */
export function storeLatency(bench: QueueBench): Promise<number> {
  const known = measured.get(bench.connection) ?? measure(bench, `${bench.queue}~stored`);
  measured.set(bench.connection, known);
  known.catch(() => measured.delete(bench.connection));
  return known;
}

const probeArgument = `${ownPrefix}probe`;

async function measure(bench: Workbench, name: string): Promise<number> {
  await createProbe(bench, name);
  try {
    const sender = await bench.connection.openSender(name);
    const since = performance.now();
    await sender.send([{ body: '', durable: true, ttl: 1 }]);
    const latency = performance.now() - since;
    await sender.close();
    return latency;
  } catch (error) {
    throw error instanceof BrokerError && error.kind === 'timeout' ? tooSlow(bench) : error;
  } finally {
    await deleteUnusedQueue(bench, name);
  }
}

/** One that an earlier run has left is as good as a new one. */
async function createProbe(bench: Workbench, name: string): Promise<void> {
  try {
    await createQueue(bench, name, { durable: true, [probeArgument]: 'how long storing takes' });
  } catch (error) {
    if (!(error instanceof BrokerError) || error.kind !== 'duplicate') throw error;
    const there = await queueDetails(bench.connection, name);
    if (there?.arguments[probeArgument] === undefined) throw error;
  }
}

function tooSlow({ broker }: Workbench): BrokerError {
  return new BrokerError({
    kind: 'timeout',
    broker,
    step: 'measuring how long it takes to store a message',
    text: 'a durable message was not stored in time',
    advice: 'Allow more time (--timeout) than the journal-flush-timeout of the broker.',
  });
}
