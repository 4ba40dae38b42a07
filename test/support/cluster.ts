/** What a test asks of the members of a cluster, over connections that look at backups too. */
import type { BrokerConnection } from '../../server/amqp/contract';
import { haBrokerObject } from '../../server/replication/names';
import { eventually } from './replication';

export async function statusOf({ qmf }: BrokerConnection): Promise<unknown> {
  return (await qmf.object(haBrokerObject))?.values.status;
}

export async function promote(connection: BrokerConnection): Promise<void> {
  await connection.qmf.call(haBrokerObject, 'promote', {});
  await eventually('it is active', async () => (await statusOf(connection)) === 'active');
}
