/** Changes to queues and their messages. Each is reported as it happens, and each loses nothing by itself. */
import { BrokerError } from '../../amqp/broker-error';
import type { QmfMap } from '../../amqp/contract';
import type { StepAction } from '../contract';
import { messages } from '../judge/verdict';
import { brokerObject, queueObject } from '../names';
import type { Workbench } from './actions';

/**
 * Moves all messages inside the broker, in their order and exactly as they are (Broker.cpp queueMoveMessages). The new
 * queue must have room, for what it refuses is gone (measured). Not for queues with a store: a broker that is killed
 * meanwhile may have stored that a message left, and not yet that it came (measured).
 */
export async function moveMessages(bench: Workbench, from: string, to: string, depth: number): Promise<void> {
  await bench.connection.qmf.call(brokerObject, 'queueMoveMessages', {
    srcQueue: from,
    destQueue: to,
    qty: 0,
    filter: {},
  });
  report(bench, 'move-messages', `moved ${messages(depth)} from "${from}" to "${to}"`);
}

export type Deletion = 'deleted' | 'not-empty' | 'in-use';

/** Deletes a queue only if it holds nothing and nobody consumes from it: the broker decides both at once. */
export async function deleteEmptyQueue(bench: Workbench, queue: string): Promise<Deletion> {
  const options = { if_empty: true, if_unused: true };
  try {
    await bench.connection.qmf.call(brokerObject, 'delete', { type: 'queue', name: queue, options });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    if (error.kind === 'not-found') return 'deleted';
    if (/queue not empty/.test(error.text ?? '')) return 'not-empty';
    if (/queue in use/.test(error.text ?? '')) return 'in-use';
    throw error;
  }
  report(bench, 'delete-queue', `deleted the empty queue "${queue}"`);
  return 'deleted';
}

/** Deletes all messages of the queue. */
export async function purgeQueue(bench: Workbench, queue: string, depth: number): Promise<void> {
  await bench.connection.qmf.call(queueObject(queue), 'purge', { request: 0, filter: {} });
  report(bench, 'purge-queue', `deleted ${messages(depth)} on "${queue}"`);
}

export interface Binding {
  readonly exchange: string;
  readonly key: string;
  readonly arguments: QmfMap;
}

/** One that is there already stays. */
export async function createBinding(bench: Workbench, queue: string, binding: Binding): Promise<void> {
  const { exchange, key } = binding;
  const name = `${exchange}/${queue}/${key}`;
  try {
    await bench.connection.qmf.call(brokerObject, 'create', {
      type: 'binding',
      name,
      properties: binding.arguments,
      strict: true,
    });
  } catch (error) {
    if (error instanceof BrokerError && error.kind === 'duplicate') return;
    throw error;
  }
  report(bench, 'create-binding', `bound "${queue}" to "${exchange}" with the key "${key}"`);
}

function report({ broker, onEvent }: Workbench, action: StepAction, text: string): void {
  onEvent({ type: 'change', broker, action, text });
}
