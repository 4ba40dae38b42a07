/** Where the old content of a replica goes: a queue named after it and the date. */
import type { BrokerConnection, QmfMap } from '../../amqp/contract';
import { messages } from '../judge/verdict';
import { keyOf, ownPrefix } from '../names';
import { mapOf, numberOf, textOf } from '../observe/qmf-values';
import { type QueueDetails, queueDetails } from '../observe/queue-details';
import { createQueue } from './actions';
import { purgeQueue } from './queue-actions';
import type { Recreation } from './recreate';
import { unlimited } from './replica-queue';
import { transfer } from './transfer';

export interface Aside {
  /** Undefined where there was nothing, or it was deleted as told. */
  readonly queue: string | undefined;
  /** Messages moved, or deleted. */
  readonly count: number;
}

const asideArgument = `${ownPrefix}aside-of`;
const argumentsArgument = `${ownPrefix}arguments`;

/** Bytes of a short string of the wire. */
const longestName = 255;

/** `orders.20261122-071503`, in universal time; a name that is too long loses its end. */
export function asideName(queue: string, now: Date, number = 1): string {
  const date = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const suffix = `.${date}${number === 1 ? '' : `-${number}`}`;
  let start = [...queue];
  while (Buffer.byteLength(start.join('') + suffix) > longestName) start = start.slice(0, -1);
  return start.join('') + suffix;
}

/**
 * Moves all that is on the queue to a queue of its own, which nobody deletes but the operator. What arrives while
 * it moves is moved too. Resolves with where it went, or undefined when it never came to an end. `onName` is told
 * where it goes before anything does.
 */
export async function moveAside(
  bench: Recreation,
  onName: (queue: string) => void,
): Promise<Aside | undefined> {
  return clear(bench, async (here, earlier) => {
    const aside = earlier ?? (await asideQueue(bench, here));
    onName(aside);
    await transfer(bench, bench.queue, aside, here);
    bench.done.push(`moved ${messages(here.depth)} from "${bench.queue}" to "${aside}"`);
    return aside;
  });
}

/** Deletes all that is on the queue, as the operator has told. */
export async function discard(bench: Recreation): Promise<Aside | undefined> {
  return clear(bench, async (here) => {
    await purgeQueue(bench, bench.queue, here.depth);
    bench.done.push(`deleted ${messages(here.depth)} on "${bench.queue}"`);
    return undefined;
  });
}

/** How often others may put something on the queue while it is emptied. */
const tries = 5;

async function clear(
  { connection, queue }: Recreation,
  remove: (here: QueueDetails, earlier: string | undefined) => Promise<string | undefined>,
): Promise<Aside | undefined> {
  let aside: string | undefined;
  let count = 0;
  for (let left = tries; left > 0; left -= 1) {
    const here = await queueDetails(connection, queue);
    if (here === undefined || here.depth === 0) return { queue: aside, count };
    aside = await remove(here, aside);
    count += here.depth;
  }
  return undefined;
}

/** One that an earlier run created and did not come to use, or a new one. */
async function asideQueue(bench: Recreation, here: QueueDetails): Promise<string> {
  const { connection, queue, done } = bench;
  const unused = await unusedAside(connection, queue, here);
  if (unused !== undefined) return unused;
  const now = new Date();
  let name = asideName(queue, now);
  for (let number = 2; (await queueDetails(connection, name)) !== undefined; number += 1) {
    name = asideName(queue, now, number);
  }
  await createQueue(bench, name, asideProperties(queue, here));
  done.push(`created the queue "${name}"`);
  return name;
}

/** Without limits, for what a queue refuses is lost in a move. The old queue's arguments are only remembered. */
function asideProperties(queue: string, { durable, arguments: args }: QueueDetails): QmfMap {
  const was = JSON.stringify(args, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return { ...unlimited, [asideArgument]: queue, [argumentsArgument]: was, durable };
}

async function unusedAside(
  { qmf }: BrokerConnection,
  queue: string,
  { durable }: QueueDetails,
): Promise<string | undefined> {
  const queues = await qmf.objects('queue');
  const unused = queues.find(
    ({ values }) =>
      textOf(mapOf(values, 'arguments'), asideArgument) === queue &&
      numberOf(values, 'msgTotalEnqueues') === 0 &&
      values.durable === durable,
  );
  return unused && keyOf(unused.name, 'queue');
}
