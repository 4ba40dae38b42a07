/** Makes a former replica a queue that may be an origin. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerConnection } from '../../amqp/contract';
import { consuming, sendersTo } from '../activity';
import type { BrokerRef, EngineContext, Refusal } from '../contract';
import type { Accepted } from '../dangers';
import { othersReplicating } from '../observe/observe';
import { type QueueDetails, queueDetails } from '../observe/queue-details';
import { refuse, refuseDanger } from '../refusals';
import {
  bindingsOf,
  findHolding,
  type Holding,
  type Intent,
  isRecreated,
  type Recipe,
  recipeOf,
} from './holding-queue';
import type { Binding } from './queue-actions';
import { createHolding, deleteHolding, halfMade, type Recreation, recreate } from './recreate';

export interface KeepUsable {
  readonly queue: string;
  readonly replica: BrokerRef;
  readonly accepted: Accepted;
  readonly intent: Intent;
}

export type Readiness =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Neither the queue nor what an earlier run has left of it. */
  | { readonly kind: 'nothing' }
  /** An earlier run was broken off. */
  | { readonly kind: 'begun'; readonly holding: Holding }
  | { readonly kind: 'ready'; readonly details: QueueDetails; readonly recipe: Recipe };

/** Looks whether the queue can be created anew, before anything is changed. Throws `BrokerError`. */
export async function readyToRecreate(target: KeepUsable, connection: BrokerConnection): Promise<Readiness> {
  const { queue, replica, accepted, intent } = target;
  const holding = await findHolding(connection, queue);
  if (holding === 'foreign') return refused(foreignHolding(queue, replica));
  const details = await queueDetails(connection, queue);
  if (details === undefined) {
    return holding === 'none' ? { kind: 'nothing' } : { kind: 'begun', holding };
  }
  // Only what is left to be tidied up: clients may have come already.
  if (holding !== 'none' && holding.details.depth === 0 && isRecreated(details, holding.recipe)) {
    return { kind: 'begun', holding };
  }
  const inUse = await refuseUse(target, connection, details);
  if (inUse !== undefined) return refused(inUse);
  const senders = await sendersTo({ connection, broker: replica.name, queue }, details);
  const [sender] = senders;
  const danger =
    sender === undefined ? undefined : refuseDanger('replica-producers', senders.join(', and '), accepted);
  if (danger !== undefined) return refused(danger);
  if (holding !== 'none') return { kind: 'begun', holding };
  const bindings = details.bindings > 1 ? await bindingsOf(connection, queue) : [];
  const unnameable = refuseBindings(queue, replica, bindings);
  if (unnameable !== undefined) return refused(unnameable);
  const [broker] = await connection.qmf.objects('broker');
  return { kind: 'ready', details, recipe: recipeOf(details, bindings, intent, broker?.created ?? 0n) };
}

function refused(refusal: Refusal): Readiness {
  return { kind: 'refused', refusal };
}

/** A queue that somebody holds on to cannot be deleted, or not without harm to them. */
async function refuseUse(
  { queue, replica }: KeepUsable,
  connection: BrokerConnection,
  { consumers, exclusive }: QueueDetails,
): Promise<Refusal | undefined> {
  const name = `"${queue}" on ${replica.name}`;
  if (consumers > 0) {
    return refuse(
      'queue-in-use',
      `${consuming(consumers, { queue, broker: replica.name })}, which must be created anew`,
      'Stop its consumers first.',
    );
  }
  if (exclusive) {
    return refuse('queue-in-use', `${name} belongs to one connection alone`, 'Close that connection first.');
  }
  const subscribers = await othersReplicating(connection, queue);
  return subscribers.length === 0
    ? undefined
    : refuse(
        'queue-in-use',
        `another broker replicates ${name}, and would lose its copies when it is created anew`,
        'Stop that replication first.',
      );
}

/** The name of a binding is a path of exchange, queue and key (Broker.cpp BindingIdentifier). */
function refuseBindings(
  queue: string,
  replica: BrokerRef,
  bindings: readonly Binding[],
): Refusal | undefined {
  const odd = bindings.find(({ exchange, key }) => `${exchange}${queue}${key}`.includes('/'));
  if (odd === undefined) return undefined;
  return refuse(
    'queue-in-use',
    `the binding of "${queue}" on ${replica.name} to "${odd.exchange}" with the key "${odd.key}" could not be made anew, for the broker takes no slash in it`,
    'Remove that binding first, and bind the queue again afterwards.',
  );
}

function foreignHolding(queue: string, { name }: BrokerRef): Refusal {
  return refuse(
    'queue-in-use',
    `there is a queue "${queue}~usable" on ${name} that is none of ours, and its name is needed`,
    'Move its messages elsewhere and delete it.',
  );
}

export function recreationOf(
  { queue, replica }: Pick<KeepUsable, 'queue' | 'replica'>,
  connection: BrokerConnection,
  context: EngineContext,
  done: string[],
): Recreation {
  return { connection, broker: replica.name, onEvent: (event) => context.onEvent(event), queue, done };
}

/** Says on the broker what is intended, before the replication is stopped. */
export async function begin(recreation: Recreation, readiness: Readiness): Promise<void> {
  if (readiness.kind === 'ready') await createHolding(recreation, readiness.details, readiness.recipe);
}

/** Takes the intention back, as long as nothing has been moved. */
export async function abandon(recreation: Recreation): Promise<readonly string[]> {
  try {
    await deleteHolding(recreation);
    return [];
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return whatIsLeft(recreation);
  }
}

/** Never throws. */
export async function whatIsLeft(recreation: Recreation): Promise<readonly string[]> {
  try {
    return await halfMade(recreation);
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return [
      `perhaps messages of "${recreation.queue}" in the queue "${recreation.queue}~usable": ${recreation.broker} could not be asked`,
    ];
  }
}

/**
 * Creates the queue anew, the replication having been stopped. `keepHolding`: its empty holding queue stays, for
 * the verb is not at its end. Throws `BrokerError`.
 */
export async function finish(recreation: Recreation, keepHolding = false): Promise<readonly string[]> {
  const holding = await findHolding(recreation.connection, recreation.queue);
  if (holding === 'none' || holding === 'foreign') return [];
  const { warnings } = await recreate(recreation, holding);
  if (!keepHolding) await deleteHolding(recreation);
  return warnings;
}
