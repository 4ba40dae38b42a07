/** What a start looks at before it changes anything. */
import { addressesOf, comparable } from './addresses';
import { findHolding } from './change/holding-queue';
import type { EngineContext, Refusal, Replication } from './contract';
import type { BothSeen } from './converge';
import { classify } from './judge/classify';
import { linkOf, type Observation, subscriptionOf } from './observe/observation';
import { countConnections } from './observe/observe';
import { refuseRound } from './observe/round';
import {
  refuseBrokers,
  refuseConnections,
  refuseContent,
  refuseCreation,
  refuseElsewhere,
  refuseHalfMade,
  refuseMissing,
  refuseUnfinished,
} from './refusals';

/** What makes the two brokers unfit for each other, or the queue not this replication's. */
export function refuseBoth(replication: Replication, seen: BothSeen): Refusal | undefined {
  const here = seen.replica.view;
  const there = seen.origin.view;
  const unfit = refuseBrokers(replication, there, here);
  if (unfit !== undefined) return unfit;
  if (here.bridges.length > 0 && !isFromOrigin(replication, seen)) return refuseElsewhere(replication, here);
  return refuseMissing(replication, there);
}

/** By its subscription on the origin; where that is missing, by the address on its link. */
export function isFromOrigin({ origin, linkAddress }: Replication, seen: Observation): boolean {
  if (subscriptionOf(seen) !== undefined) return true;
  const { view } = seen.replica;
  const addresses = addressesOf({ origin, linkAddress });
  return view.bridges.some((bridge) => {
    const link = linkOf(view, bridge);
    return link === undefined || addresses.has(comparable(link));
  });
}

/** What the replica queue holds, and whether it may be created. */
export function refuseContents(replication: Replication, seen: BothSeen): Refusal | undefined {
  const { bridges, replicator, queue } = seen.replica.view;
  if (queue === undefined) return refuseCreation(replication);
  const unfinished = bridges.length > 0 || replicator === 'present';
  return unfinished && queue.depth > 0
    ? refuseUnfinished(replication, queue, classify(seen).cause)
    : refuseContent(replication.queue, replication.replica, queue);
}

/** What another verb has left half-made, a cycle, or no connection to spare. */
export async function refuseRoutes(
  replication: Replication,
  context: EngineContext,
  seen: BothSeen,
): Promise<Refusal | undefined> {
  const [here, there] = await Promise.all([
    context.connection(replication.replica),
    context.connection(replication.origin),
  ]);
  const [holding, round, open, openThere] = await Promise.all([
    findHolding(here, replication.queue),
    refuseRound(replication, context, seen),
    countConnections(here),
    countConnections(there),
  ]);
  if (holding !== 'none' && holding !== 'foreign') return refuseHalfMade(replication);
  return (
    round ??
    refuseConnections(replication.replica, seen.replica.view, open) ??
    refuseConnections(replication.origin, seen.origin.view, openThere)
  );
}
