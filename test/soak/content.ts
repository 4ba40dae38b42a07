/** What is on the brokers, as an independent client sees it. */
import type { TestBroker } from '../support/brokers';
import { deletePiece, depth, type Pair } from '../support/replication';
import { IndependentClient } from './independent-client';

/** The ids on a queue, in order; nothing must arrive meanwhile. Empty where there is no such queue. */
export async function contentOf(broker: TestBroker, queue: string): Promise<readonly string[]> {
  const count = await depth(broker, queue);
  if (count === undefined) return [];
  const client = await IndependentClient.open(broker.port);
  try {
    return await client.browse(queue, count);
  } finally {
    client.close();
  }
}

/** The queue, and those that are named after it: where old content went. */
export async function queuesOf(broker: TestBroker, queue: string): Promise<readonly string[]> {
  const { qmf } = await broker.connection();
  const names = (await qmf.objects('queue')).map(({ values }) => String(values.name));
  return names.filter(
    (name) => name === queue || name.startsWith(`${queue}.`) || name.startsWith(`${queue}~`),
  );
}

export async function removeQueues(pair: Pair, queue: string): Promise<void> {
  for (const broker of [pair.origin, pair.replica]) {
    for (const name of await queuesOf(broker, queue)) await deletePiece(broker, 'queue', name);
  }
}
