/** Whether messages would go round, across all brokers that can be reached. */
import { BrokerError } from '../../amqp/broker-error';
import { addressesOf, brokerAt, comparable } from '../addresses';
import type { BrokerRef, EngineContext, Refusal, Replication } from '../contract';
import type { BothSeen } from '../converge';
import { deadlineIn, within } from '../patience';
import { refuseCycle } from '../refusals';
import { isGoing, linkOf } from './observation';
import { type Inventory, observeInventory, observeSubscriptions } from './observe';

/** Milliseconds for all brokers of the walk together: a broker far away must not hold up a start for long. */
const patience = 3000;

/** Brokers in a row that feed each other. */
const longestWay = 16;

/**
 * The origin tells by its subscription if it is fed by the replica itself. What feeds it from farther away is found
 * from broker to broker, by the addresses on their links; a broker that cannot be asked ends the walk on its side.
 */
export async function refuseRound(
  replication: Replication,
  context: EngineContext,
  seen: BothSeen,
): Promise<Refusal | undefined> {
  const { queue, origin, replica } = replication;
  const connection = await context.connection(replica);
  const subscribers = await observeSubscriptions(connection, queue);
  // Nobody is fed by this replica: whatever feeds the origin, nothing comes back from here.
  if (subscribers.length === 0) return undefined;
  const systemId = seen.origin.view.ha?.systemId;
  if (systemId !== undefined && subscribers.some((subscriber) => subscriber.systemId === systemId)) {
    return refuseCycle(replication, [replica, origin]);
  }
  const way = await within(deadlineIn(patience), findWay(replication, context, seen));
  return way && refuseCycle(replication, way);
}

/** The brokers by which the replica's messages reach the origin, the replica first; undefined where there are none. */
async function findWay(
  { queue, origin, replica }: Replication,
  context: EngineContext,
  seen: BothSeen,
): Promise<readonly BrokerRef[] | undefined> {
  const goal = seen.replica.view.ha?.systemId;
  const goalAddresses = addressesOf({ origin: replica, linkAddress: undefined });
  const visited = new Set(addressesOf({ origin, linkAddress: undefined }));
  let ways: readonly (readonly BrokerRef[])[] = [[origin]];
  for (let length = 0; length < longestWay && ways.length > 0; length += 1) {
    const longer: (readonly BrokerRef[])[] = [];
    for (const way of ways) {
      const [first = origin] = way;
      const inventory = await ask(first, context);
      if (inventory === undefined) continue;
      if (goal !== undefined && inventory.ha?.systemId === goal) return [replica, ...way.slice(1)];
      for (const { address, broker } of feedersOf(inventory, queue)) {
        if (goalAddresses.has(address)) return [replica, ...way];
        if (!visited.has(address)) longer.push([broker, ...way]);
        visited.add(address);
      }
    }
    ways = longer;
  }
  return undefined;
}

async function ask(broker: BrokerRef, context: EngineContext): Promise<Inventory | undefined> {
  try {
    return await observeInventory(await context.connection(broker));
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return undefined;
  }
}

function feedersOf(inventory: Inventory, queue: string) {
  return inventory.bridges.flatMap((bridge) => {
    const link = bridge.queue === queue ? linkOf(inventory, bridge) : undefined;
    const broker = link && !isGoing(link) ? brokerAt(link) : undefined;
    return link === undefined || broker === undefined ? [] : [{ address: comparable(link), broker }];
  });
}
