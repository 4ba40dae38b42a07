/** Takes away what serves no replication on a replica broker, whatever made it. */
import { BrokerError } from '../amqp/broker-error';
import { removeSpareLinks } from './change/remove';
import type { BrokerRef, EngineContext, FailedOutcome, Refusal } from './contract';
import { observeInventory } from './observe/observe';
import { deadlineIn } from './patience';
import { refuseBackup } from './refusals';
import { leftOverLinks, orphanedReplicators } from './status';
import { stop } from './stop';

export type LeftOverOutcome =
  /** `removed`: each as `link qpid.ha.link.…`. */
  | { readonly kind: 'removed'; readonly removed: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | FailedOutcome;

/** Links without a bridge, and replicators without one. What runs is left alone. Repeatable. */
export async function removeLeftOver(replica: BrokerRef, context: EngineContext): Promise<LeftOverOutcome> {
  const removed: string[] = [];
  try {
    const connection = await context.connection(replica);
    const inventory = await observeInventory(connection);
    const refusal = refuseBackup(replica, inventory);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    const running = new Set(inventory.bridges.map(({ queue }) => queue));
    // A replicator is hidden, and only its link tells of it: so it goes before the links do.
    for (const queue of await orphanedReplicators(connection, inventory, running)) {
      const outcome = await stop({ queue, replica }, context);
      if (outcome.kind === 'refused') return outcome;
      if (outcome.kind === 'failed') return { ...outcome, done: [...removed, ...outcome.done] };
      if (outcome.kind === 'stopped') removed.push(...outcome.removed);
    }
    const origins: ReadonlySet<string> = new Set();
    const removal = { connection, broker: replica.name, onEvent: context.onEvent.bind(context), removed };
    const deadline = deadlineIn(context.deadline);
    await removeSpareLinks({ ...removal, queue: '', originAddresses: origins, deadline }, origins);
    return { kind: 'removed', removed };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { kind: 'failed', error, done: removed, undone: [], left: await remaining(replica, context) };
  }
}

async function remaining(replica: BrokerRef, context: EngineContext): Promise<readonly string[]> {
  try {
    return (await leftOverLinks(replica, context)).map(({ name }) => `link ${name}`);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return [`whatever is left: ${replica.name} could not be asked`];
  }
}
