/**
 * Creates a queue anew, with its messages: `replicate` has taken from it what gives messages their replication ids
 * (QueueReplicator.cpp), so that it could not become an origin. At every moment each message is on the queue or on
 * the holding queue, and whoever begins again finds out where it was left.
 */
import { BrokerError } from '../../amqp/broker-error';
import { messages } from '../judge/verdict';
import { textOf } from '../observe/qmf-values';
import { type QueueDetails, queueDetails } from '../observe/queue-details';
import { createQueue, type Workbench } from './actions';
import {
  findHolding,
  type Holding,
  holdingName,
  holdingProperties,
  isRecreated,
  newProperties,
  type Recipe,
} from './holding-queue';
import { createBinding, deleteEmptyQueue } from './queue-actions';
import { transfer } from './transfer';
import { untilStored } from './until-stored';

export interface Recreation extends Workbench {
  readonly queue: string;
  /** What has been changed so far, in words, filled as it happens. */
  readonly done: string[];
}

/** What is true of the messages now, as sentences. */
export interface Recreated {
  readonly warnings: readonly string[];
}

/** Creates the holding queue, which also says to later runs what is intended. */
export async function createHolding(
  { done, ...bench }: Recreation,
  details: QueueDetails,
  recipe: Recipe,
): Promise<void> {
  const name = holdingName(bench.queue);
  await createQueue(bench, name, holdingProperties(details, recipe));
  done.push(`created the queue "${name}", to hold the messages meanwhile`);
}

/** How often others may put something on the queue while it is emptied and deleted. */
const tries = 20;

/**
 * Goes on wherever an earlier run has ended. The holding queue is there, and the queue is no replica any more; the
 * holding queue stays, empty. Once begun it is not interrupted, for it takes little time and a half-made
 * queue helps nobody. Throws `BrokerError`.
 */
export async function recreate(recreation: Recreation, holding: Holding): Promise<Recreated> {
  const { queue, connection } = recreation;
  const { recipe } = holding;
  const warnings = await splitWarning(recreation, holding);
  for (let left = tries; ; left -= 1) {
    const here = await queueDetails(connection, queue);
    if (here !== undefined && isRecreated(here, recipe)) break;
    if (left === 0) throw inTheWay(recreation, 'others send to it all the time', 'Stop its producers');
    if (here === undefined) await createAnew(recreation, recipe);
    else await clearAway(recreation, here);
  }
  for (const binding of recipe.bindings) {
    await createBinding(recreation, queue, binding);
    recreation.done.push(`bound "${queue}" to "${binding.exchange}"`);
  }
  await bringBack(recreation);
  return { warnings };
}

/** False when the holding queue still holds something. */
export async function deleteHolding(recreation: Recreation): Promise<boolean> {
  const name = holdingName(recreation.queue);
  const held = await queueDetails(recreation.connection, name);
  if (held !== undefined && held.enqueued > 0) await untilStored(recreation, recreation.queue);
  const deletion = await deleteEmptyQueue(recreation, name);
  if (deletion === 'deleted') recreation.done.push(`deleted the empty queue "${name}"`);
  return deletion === 'deleted';
}

/** Moves what is on the old queue, and deletes it once it is empty. */
async function clearAway(recreation: Recreation, here: QueueDetails): Promise<void> {
  const { queue, done } = recreation;
  if (here.depth > 0) {
    await transfer(recreation, queue, holdingName(queue), here);
    done.push(`moved ${messages(here.depth)} from "${queue}" to "${holdingName(queue)}"`);
  }
  await untilStored(recreation, holdingName(queue));
  const deletion = await deleteEmptyQueue(recreation, queue);
  if (deletion === 'in-use') throw inTheWay(recreation, 'clients consume from it', 'Stop its consumers');
  if (deletion === 'deleted') done.push(`deleted the empty queue "${queue}"`);
}

async function createAnew(recreation: Recreation, recipe: Recipe): Promise<void> {
  const { queue, done } = recreation;
  try {
    await createQueue(recreation, queue, newProperties(recipe));
    done.push(`created the queue "${queue}"`);
  } catch (error) {
    // Somebody else was faster: that queue is emptied and deleted in its turn.
    if (!(error instanceof BrokerError) || error.kind !== 'duplicate') throw error;
  }
}

async function bringBack(recreation: Recreation): Promise<void> {
  const { queue, connection, done } = recreation;
  const name = holdingName(queue);
  for (let left = tries; ; left -= 1) {
    const held = await queueDetails(connection, name);
    if (held === undefined || held.depth === 0) return;
    const here = await queueDetails(connection, queue);
    if (here === undefined || left === 0) {
      throw inTheWay(recreation, 'it was deleted meanwhile', 'See who deletes it');
    }
    const excess = excessOver(here, held);
    if (excess !== undefined) {
      throw inTheWay(recreation, `${messages(held.depth)} do not fit into it: ${excess}`, 'Make room on it');
    }
    await transfer(recreation, name, queue, held);
    done.push(`moved ${messages(held.depth)} back to "${queue}"`);
  }
}

/** What a queue refuses is lost in a move, so nothing is moved that might not fit. Undefined: there is room. */
function excessOver(here: QueueDetails, held: QueueDetails): string | undefined {
  const { arguments: args } = here;
  if (args['qpid.policy_type'] === 'ring') return undefined;
  const count = Number(args['qpid.max_count'] ?? 0);
  if (count > 0 && here.depth + held.depth > count) return `qpid.max_count is ${count}`;
  const size = Number(args['qpid.max_size'] ?? 0);
  return size > 0 && here.bytes + held.bytes > size ? `qpid.max_size is ${size}` : undefined;
}

/**
 * Who is killed in the middle of a move, be it the broker or, where messages are carried, this program, has perhaps
 * stored some of them on both queues. Copies cannot be told from messages that were the same from the beginning.
 */
async function splitWarning({ queue, connection }: Recreation, holding: Holding): Promise<readonly string[]> {
  const [[broker], here, journals] = await Promise.all([
    connection.qmf.objects('broker'),
    queueDetails(connection, queue),
    connection.qmf.objects('journal'),
  ]);
  if (holding.details.depth === 0 || (here?.depth ?? 0) === 0) return [];
  const may = `while messages were moved: some of them may be on "${queue}" twice.`;
  if (broker !== undefined && String(broker.created) !== holding.recipe.brokerStarted) {
    return [`The broker was restarted ${may}`];
  }
  return journals.some(({ values }) => textOf(values, 'queueName') === holding.name)
    ? [`An earlier run was broken off ${may}`]
    : [];
}

function inTheWay({ broker, queue }: Recreation, text: string, cure: string): BrokerError {
  return new BrokerError({
    kind: 'exception',
    broker,
    step: `creating the queue "${queue}" anew`,
    text,
    advice: `${cure}, then run the same command again: it goes on where it was left.`,
  });
}

/** What a broken recreation has left, in words; nothing when there is no holding queue. */
export async function halfMade(recreation: Recreation): Promise<readonly string[]> {
  const { queue, connection, broker } = recreation;
  const holding = await findHolding(connection, queue);
  if (holding === 'none' || holding === 'foreign') return [];
  const here = await queueDetails(connection, queue);
  return [
    `${messages(holding.details.depth)} on ${broker} in the queue "${holding.name}"`,
    ...(here === undefined ? [`no queue "${queue}" on ${broker}`] : []),
  ];
}
