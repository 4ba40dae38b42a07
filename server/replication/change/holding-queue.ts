/**
 * Where the messages of a queue stay while it is created anew, and how to create it: all that a later run needs to
 * go on after an earlier one was killed is on the broker itself.
 */
import { randomUUID } from 'node:crypto';
import type { BrokerConnection, QmfMap, QmfValue } from '../../amqp/contract';
import { keyOf, ownPrefix, recreatedArgument } from '../names';
import { isMap, mapOf, referenceOf, textOf } from '../observe/qmf-values';
import { type QueueDetails, queueDetails } from '../observe/queue-details';
import type { Binding } from './queue-actions';
import { unlimited } from './replica-queue';

/** Why a queue is created anew. `reverse`: another step follows, and the holding queue stays until it is done. */
export type Intent = 'keep-usable' | 'cutover' | 'reverse';

/** The queue as it was, and what for it is created anew. */
export interface Recipe {
  /** Stands among the arguments of the new queue, and tells it from the old one, also after a restart. */
  readonly token: string;
  readonly intent: Intent;
  /** Properties of QMF's `create`. */
  readonly properties: QmfMap;
  readonly bindings: readonly Binding[];
  /** Nanoseconds: when the broker was started, to notice a restart. */
  readonly brokerStarted: string;
}

export interface Holding {
  readonly name: string;
  readonly recipe: Recipe;
  readonly details: QueueDetails;
}

/** Seven bytes, of the ten by which replicated queues' names are shorter than they might be. */
export function holdingName(queue: string): string {
  return `${queue}~usable`;
}

const recipeArgument = `${ownPrefix}recipe`;

export type FoundHolding = Holding | 'none' | 'foreign';

/** `foreign`: a queue of that name which is not ours. */
export async function findHolding(connection: BrokerConnection, queue: string): Promise<FoundHolding> {
  const name = holdingName(queue);
  const details = await queueDetails(connection, name);
  if (details === undefined) return 'none';
  const recipe = parseRecipe(textOf(details.arguments, recipeArgument));
  return recipe === undefined ? 'foreign' : { name, recipe, details };
}

export function holdingProperties({ durable }: QueueDetails, recipe: Recipe): QmfMap {
  return { ...unlimited, [recipeArgument]: JSON.stringify(recipe, replaceValue), durable };
}

/** Whether the queue is the one that was created by the recipe. */
export function isRecreated({ arguments: args }: QueueDetails, { token }: Recipe): boolean {
  return textOf(args, recreatedArgument) === token;
}

export function newProperties({ properties, token }: Recipe): QmfMap {
  return { ...properties, [recreatedArgument]: token };
}

export function recipeOf(
  details: QueueDetails,
  bindings: readonly Binding[],
  intent: Intent,
  brokerStarted: bigint,
): Recipe {
  const args = Object.entries(details.arguments).filter(([name]) => !name.startsWith(ownPrefix));
  const { alternateExchange } = details;
  return {
    token: `${new Date().toISOString()} ${randomUUID()}`,
    intent,
    properties: {
      ...Object.fromEntries(args),
      durable: details.durable,
      'auto-delete': details.autoDelete,
      ...(alternateExchange === undefined ? {} : { 'alternate-exchange': alternateExchange }),
    },
    bindings,
    brokerStarted: String(brokerStarted),
  };
}

/** Of the queue, the one to the default exchange apart, which every queue has. */
export async function bindingsOf({ qmf }: BrokerConnection, queue: string): Promise<readonly Binding[]> {
  const bindings = await qmf.objects('binding');
  return bindings
    .map(({ values }) => ({
      queue: keyOf(referenceOf(values, 'queueRef'), 'queue'),
      exchange: keyOf(referenceOf(values, 'exchangeRef'), 'exchange'),
      key: textOf(values, 'bindingKey'),
      arguments: mapOf(values, 'arguments'),
    }))
    .filter((binding) => binding.queue === queue && binding.exchange !== '');
}

function parseRecipe(text: string): Recipe | undefined {
  try {
    const recipe: unknown = JSON.parse(text, reviveValue);
    return isRecipe(recipe) ? recipe : undefined;
  } catch {
    return undefined;
  }
}

function isRecipe(value: unknown): value is Recipe {
  if (typeof value !== 'object' || value === null) return false;
  const { token, intent, properties, bindings } = value as Partial<Recipe>;
  return (
    typeof token === 'string' && typeof intent === 'string' && isMap(properties) && Array.isArray(bindings)
  );
}

/** JSON knows neither large integers nor bytes. */
function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $integer: String(value) };
  if (
    value !== null &&
    typeof value === 'object' &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  ) {
    return { $bytes: Buffer.from(value.data as number[]).toString('base64') };
  }
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value;
}

function reviveValue(_key: string, value: QmfValue): QmfValue {
  if (!isMap(value)) return value;
  if (typeof value.$integer === 'string') return BigInt(value.$integer);
  return typeof value.$bytes === 'string' ? Buffer.from(value.$bytes, 'base64') : value;
}
