/** Replications on the declared brokers that no entry of a manifest wants. */
import { formatMember } from '../../address/endpoint';
import { addressesOf, brokerAt, comparable } from '../addresses';
import type { BrokerRef } from '../contract';
import { linkOf } from '../observe/observation';
import type { BridgeView, Inventory, LinkView } from '../observe/observe';
import { isFromOrigin } from '../preconditions';
import { refuseBackup } from '../refusals';
import type { PlannedStep, PlanRequest } from './plan-step';
import type { EntryLook, World } from './world';

/**
 * Only what has a bridge is a replication; links and replicators alone are remains, and on the primary of a cluster
 * the cluster's own. A broker that goes by two names is looked at once.
 */
export function decideUnwanted(request: PlanRequest, world: World): readonly PlannedStep[] {
  if (request.unwanted === 'ignore') return [];
  const done = new Set<string>();
  return world.brokers.flatMap(({ broker, seen }) => {
    const systemId = seen?.inventory.ha?.systemId ?? broker.endpoint.text;
    if (seen === undefined || done.has(systemId) || refuseBackup(broker, seen.inventory) !== undefined)
      return [];
    done.add(systemId);
    const wanted = world.entries.filter((entry) => isOn(entry, broker, seen.inventory));
    const queues = new Map(seen.inventory.bridges.map((bridge) => [bridge.queue, bridge]));
    return [...queues.values()].flatMap((bridge) =>
      isWanted(bridge, wanted) ? [] : [toStep(request, broker, seen.inventory, bridge)],
    );
  });
}

/** By the brokers' own identity, where it is known. */
function isOn({ desired, looked }: EntryLook, broker: BrokerRef, { ha }: Inventory): boolean {
  const systemId = looked?.observation.replica.view.ha?.systemId;
  if (systemId !== undefined && ha?.systemId !== undefined) return systemId === ha.systemId;
  return desired.replication.replica.endpoint.text === broker.endpoint.text;
}

/**
 * An entry that is stopped speaks for its replication too: its own step ends it. Whatever could not be looked at is
 * taken for wanted.
 */
function isWanted({ queue }: BridgeView, entries: readonly EntryLook[]): boolean {
  return entries.some(
    ({ desired, looked }) =>
      desired.replication.queue === queue &&
      (looked === undefined || isFromOrigin(desired.replication, looked.observation)),
  );
}

function toStep(
  { unwanted, brokers }: PlanRequest,
  replica: BrokerRef,
  inventory: Inventory,
  bridge: BridgeView,
): PlannedStep {
  const link = linkOf(inventory, bridge);
  const origin = link && originOf(link, brokers);
  const { queue } = bridge;
  const prune = unwanted === 'stop';
  const from = link === undefined ? '' : ` from ${formatMember(link)}`;
  return {
    declared: undefined,
    target: { queue, replica, ...(origin === undefined ? {} : { origin }) },
    step: {
      action: prune ? 'stop' : 'nothing',
      queue,
      origin: origin?.name,
      replica: replica.name,
      state: undefined,
      reason: `no manifest wants ${replica.name} to replicate "${queue}"${from}`,
      changes: prune ? [`end the replication of "${queue}" on ${replica.name}`] : [],
      danger: prune ? 'unwanted-replication' : undefined,
      warnings: [],
      next: prune ? undefined : 'Add it to a manifest, or end it: --prune.',
    },
  };
}

/** The declared broker of that address, else the address itself. */
function originOf(link: LinkView, brokers: readonly BrokerRef[]): BrokerRef | undefined {
  const address = comparable(link);
  const declared = brokers.find((origin) => addressesOf({ origin, linkAddress: undefined }).has(address));
  return declared ?? brokerAt(link);
}
