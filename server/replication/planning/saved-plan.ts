/** A plan as a file: what was decided, by which facts, and everything that is needed to carry it out. No secrets. */
import { createHash } from 'node:crypto';
import { parseEndpoint } from '../../address/endpoint';
import { linkUrl } from '../addresses';
import type { BrokerRef } from '../contract';
import type { DesiredReplication } from './desired';
import type { Facts, Plan, PlanRequest, PlanStep } from './plan-step';
import { changesBetween } from './world-facts';

const version = 1;

interface SavedBroker {
  readonly name: string;
  readonly address: string;
}

interface SavedReplication {
  readonly queue: string;
  readonly from: string;
  readonly to: string;
  readonly linkAddress?: string;
  readonly create: 'if-missing' | 'never';
  readonly state: 'running' | 'stopped';
}

export interface SavedPlan {
  readonly qpidhaPlan: typeof version;
  readonly unwanted: PlanRequest['unwanted'];
  readonly brokers: readonly SavedBroker[];
  readonly replications: readonly SavedReplication[];
  readonly steps: readonly PlanStep[];
  /** The observed world that the steps were decided by. */
  readonly observed: Facts;
  /** Of all the above: a plan that was edited is no plan of ours. */
  readonly fingerprint: string;
}

/** Credentials of link addresses are left out: links do not use them. */
export function savePlan({ request, steps, facts }: Plan): SavedPlan {
  const content = {
    qpidhaPlan: version,
    unwanted: request.unwanted,
    brokers: request.brokers.map(({ name, endpoint }) => ({ name, address: endpoint.text })),
    replications: request.desired.map(saveReplication),
    steps: steps.map(({ step }) => step),
    observed: facts,
  } as const;
  return { ...content, fingerprint: fingerprintOf(content) };
}

function saveReplication({ replication, state }: DesiredReplication): SavedReplication {
  const { queue, origin, replica, create, linkAddress } = replication;
  const link = linkAddress === undefined ? undefined : linkUrl(origin, linkAddress);
  return {
    queue,
    from: origin.name,
    to: replica.name,
    ...(link?.ok ? { linkAddress: link.url } : {}),
    create,
    state,
  };
}

function fingerprintOf(content: Omit<SavedPlan, 'fingerprint'>): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`;
}

export type LoadedPlan =
  | { readonly ok: true; readonly saved: SavedPlan; readonly request: PlanRequest }
  | { readonly ok: false; readonly reason: string };

/** Never throws. `reason` is a clause that follows the file's name. */
export function loadPlan(text: string): LoadedPlan {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return unfit('is no JSON');
  }
  if (typeof content !== 'object' || content === null || !('qpidhaPlan' in content)) {
    return unfit('is no plan of qpidha');
  }
  if (content.qpidhaPlan !== version) return unfit('is a plan of another version of qpidha');
  const { fingerprint, ...rest } = content as SavedPlan;
  // The fingerprint vouches for the shape as well.
  if (fingerprint !== fingerprintOf(rest))
    return unfit('has been changed by hand: its fingerprint does not fit');
  const request = toRequest(rest);
  return request === undefined
    ? unfit('names a broker that cannot be read')
    : { ok: true, saved: content as SavedPlan, request };
}

function unfit(reason: string): LoadedPlan {
  return { ok: false, reason };
}

function toRequest({
  brokers,
  replications,
  unwanted,
}: Omit<SavedPlan, 'fingerprint'>): PlanRequest | undefined {
  const refs = new Map<string, BrokerRef>();
  for (const { name, address } of brokers) {
    const parsed = parseEndpoint(address);
    if (!parsed.ok) return undefined;
    refs.set(name, { name, endpoint: parsed.endpoint });
  }
  const desired: DesiredReplication[] = [];
  for (const { queue, from, to, linkAddress, create, state } of replications) {
    const origin = refs.get(from);
    const replica = refs.get(to);
    if (origin === undefined || replica === undefined) return undefined;
    const link = linkAddress === undefined ? {} : { linkAddress };
    desired.push({ replication: { queue, origin, replica, create, ...link }, state });
  }
  return { desired, brokers: [...refs.values()], unwanted };
}

/** Why a saved plan must not be carried out any more, as what has changed; none: the world is as it was. */
export function changesSince(saved: SavedPlan, now: Plan): readonly string[] {
  const changes = changesBetween(saved.observed, now.facts);
  if (changes.length > 0) return changes;
  const same =
    JSON.stringify(saved.steps.map(coreOf)) === JSON.stringify(now.steps.map(({ step }) => coreOf(step)));
  return same ? [] : ['the steps that follow from it are others'];
}

/** What a step does, without the numbers in its words. */
function coreOf({ action, queue, origin, replica, danger }: PlanStep): readonly unknown[] {
  return [action, queue, origin ?? null, replica, danger ?? null];
}
