/** What a manifest asks for against what is observed: the steps from one to the other. Nothing is changed here. */
import type { EngineContext } from './contract';
import { createRoom } from './observe/room';
import { withSharedLooks } from './observe/shared-looks';
import { stopIfCancelled } from './patience';
import { conflictsIn } from './planning/conflicts';
import { decideEntry } from './planning/plan-entry';
import type { Plan, PlannedStep, PlanRequest, PlanStep } from './planning/plan-step';
import { decideUnwanted } from './planning/plan-unwanted';
import { type EntryLook, observeWorld } from './planning/world';
import { factsOf } from './planning/world-facts';

/**
 * A broker that cannot be asked blocks its own steps only. Throws `BrokerError` when it is cancelled.
 *
 * What ends comes first, for it makes room for what begins.
 */
export async function makePlan(request: PlanRequest, unshared: EngineContext): Promise<Plan> {
  const context = withSharedLooks(unshared);
  const world = await observeWorld(request, context);
  const room = createRoom(world);
  const unwanted = decideUnwanted(request, world);
  const steps = new Map<EntryLook, PlanStep>();
  const stopped = unwanted.filter(({ step }) => step.action === 'stop').map(({ target }) => target);
  const deciding = { request, context, room, stopped, conflicts: conflictsIn(world) };
  for (const state of ['stopped', 'running'] as const) {
    const entries = world.entries.filter(({ desired }) => desired.state === state);
    const decided = await Promise.all(entries.map((entry) => decideEntry(entry, deciding)));
    decided.forEach((step, index) => {
      const entry = entries[index];
      if (entry === undefined) return;
      steps.set(entry, step);
      if (step.action === 'stop') stopped.push(entry.desired.replication);
    });
    if (state === 'stopped') for (const { origin, replica } of stopped) room.give([origin, replica]);
  }
  stopIfCancelled(context.signal, 'qpidha', 'making a plan');
  const planned = world.entries.flatMap((entry): PlannedStep[] => {
    const step = steps.get(entry);
    return step === undefined
      ? []
      : [{ step, target: entry.desired.replication, declared: entry.desired.replication }];
  });
  return { request, steps: [...planned, ...unwanted], facts: factsOf(world) };
}
