/** The single changes that the engine makes on a broker. Each is reported as it happens. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerConnection, QmfMap } from '../../amqp/contract';
import type { EngineEvent, StepAction } from '../contract';
import { brokerObject, haBrokerObject, replicatorName } from '../names';

export interface Workbench {
  readonly connection: BrokerConnection;
  /** The broker's name for events. */
  readonly broker: string;
  onEvent(event: EngineEvent): void;
}

export async function createQueue(bench: Workbench, queue: string, properties: QmfMap): Promise<void> {
  await bench.connection.qmf.call(brokerObject, 'create', {
    type: 'queue',
    name: queue,
    properties,
    strict: true,
  });
  report(bench, 'create-queue', `created the queue "${queue}"`);
}

/** Only a queue without consumers is deleted; the broker throws where there are some. */
export async function deleteUnusedQueue(bench: Workbench, queue: string): Promise<void> {
  await remove(bench, 'queue', queue, { if_unused: true });
  report(bench, 'delete-queue', `deleted the queue "${queue}"`);
}

export async function replicate(bench: Workbench, queue: string, originUrl: string): Promise<void> {
  await bench.connection.qmf.call(haBrokerObject, 'replicate', { broker: originUrl, queue });
  report(bench, 'replicate', `began to replicate "${queue}" from ${originUrl}`);
}

/** A bridge that is gone already is no error (Broker.cpp deleteObject). */
export async function deleteBridge(bench: Workbench, bridge: string): Promise<void> {
  await remove(bench, 'bridge', bridge);
  report(bench, 'delete-bridge', `deleted the bridge ${bridge}`);
}

/** False when the replicator was gone already. */
export async function deleteReplicator(bench: Workbench, queue: string): Promise<boolean> {
  const name = replicatorName(queue);
  try {
    await remove(bench, 'exchange', name);
  } catch (error) {
    if (error instanceof BrokerError && error.kind === 'not-found') return false;
    throw error;
  }
  report(bench, 'delete-replicator', `deleted the replicator ${name}`);
  return true;
}

/** A link that is gone already is no error. */
export async function deleteLink(bench: Workbench, link: string): Promise<void> {
  await remove(bench, 'link', link);
  report(bench, 'delete-link', `deleted the link ${link}`);
}

async function remove(
  { connection }: Workbench,
  type: string,
  name: string,
  options: QmfMap = {},
): Promise<void> {
  await connection.qmf.call(brokerObject, 'delete', { type, name, options });
}

function report({ broker, onEvent }: Workbench, action: StepAction, text: string): void {
  onEvent({ type: 'change', broker, action, text });
}
