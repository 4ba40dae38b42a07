/** Compares two queues message by message, without taking a message off either. */
import { createHash } from 'node:crypto';
import type { BrokerConnection } from '../../amqp/contract';
import { queueDetails } from '../observe/queue-details';
import { type Browser, openBrowser } from './browse';
import { differenceBetween, type Fingerprint, summaryOf } from './fingerprint';

export type Comparison =
  | {
      readonly equal: true;
      readonly count: number;
      /** Messages that only the replica shows, for consumers of the origin have them in hand. */
      readonly inHand: number;
      /** Messages at the end of the origin that the replica has not got yet. */
      readonly onTheWay: number;
      /** Messages that could not be decoded, and were compared by their place alone. */
      readonly unreadable: number;
    }
  | {
      readonly equal: false;
      /** Messages before this one are the same on both queues. From 0. */
      readonly index: number;
      /** The first difference, as a sentence. */
      readonly difference: string;
    };

export interface ComparisonOptions {
  /** Messages that the replica may have and the origin not show. Default 0. */
  readonly inHand?: number;
  /** Messages at its end that the origin may have and the replica not. Default 0. */
  readonly onTheWay?: number;
  /** False for queues whose order depends on who consumed what before (fairshare). Default true. */
  readonly ordered?: boolean;
  /** Called now and then; what it throws ends the comparison. */
  progress?(compared: number): Promise<void>;
}

/**
 * Bodies, and what else of a message survives the translation to AMQP 0-10. Meaningful only for messages that stay
 * where they are meanwhile. Its need for memory does not depend on the queues. Throws `BrokerError`.
 */
export async function compareQueues(
  origin: BrokerConnection,
  replica: BrokerConnection,
  queue: string,
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const added = await addedByQueue(origin, queue);
  // The replica first: what the origin has got since then is at its end.
  const here = await openBrowser(replica, queue, added);
  try {
    const there = await openBrowser(origin, queue, added);
    try {
      const sides = { there, here, names: { origin: origin.name, replica: replica.name } };
      return options.ordered === false
        ? await compareHeaps(sides, options)
        : await compareRows(sides, options);
    } finally {
      await there.close();
    }
  } finally {
    await here.close();
  }
}

/**
 * A queue that numbers its messages does it in an annotation, which AMQP 0-10 knows only as one more property
 * (MessageSequence, Queue.cpp; measured).
 */
async function addedByQueue(origin: BrokerConnection, queue: string): Promise<ReadonlySet<string>> {
  const name = (await queueDetails(origin, queue))?.arguments['qpid.queue_msg_sequence'];
  return new Set(name === undefined ? [] : [String(name)]);
}

interface Sides {
  readonly there: Browser;
  readonly here: Browser;
  readonly names: { readonly origin: string; readonly replica: string };
}

/** Messages between two calls of `progress`. */
const stride = 10_000;

async function compareRows({ there, here, names }: Sides, options: ComparisonOptions): Promise<Comparison> {
  const { inHand = 0, onTheWay = 0 } = options;
  let unreadable = 0;
  let skipped = 0;
  for (let count = 0; ; count += 1) {
    if (count % stride === 0) await options.progress?.(count);
    const [original, copy] = await Promise.all([there.next(), here.next()]);
    const difference = differenceOf(original, copy, names);
    if (difference !== undefined) {
      const late = copy === undefined ? 1 + (await countRest(there, onTheWay)) : 0;
      if (late > 0 && late <= onTheWay && skipped === 0) {
        return { equal: true, count, inHand: 0, onTheWay: late, unreadable };
      }
      const passed =
        copy === undefined ? undefined : await passOver({ here, original, names }, inHand - skipped);
      if (passed === undefined) return differs(count, difference);
      skipped += passed;
    }
    if (original === undefined) return { equal: true, count, inHand: skipped, onTheWay: 0, unreadable };
    if (!original.readable || copy?.readable === false) unreadable += 1;
  }
}

interface Place {
  readonly here: Browser;
  readonly original: Fingerprint | undefined;
  readonly names: Sides['names'];
}

/**
 * How many copies stand before the one of this original: what consumers of the origin have in hand may stand between
 * any two messages. Undefined when it is none of the next.
 */
async function passOver({ here, original, names }: Place, most: number): Promise<number | undefined> {
  for (let passed = 1; passed <= most; passed += 1) {
    if (differenceOf(original, await here.next(), names) === undefined) return passed;
  }
  return undefined;
}

function differs(index: number, difference: string | undefined): Comparison {
  return { equal: false, index, difference: `message ${index + 1}: ${difference}` };
}

/** At most one more than `enough`. */
async function countRest(browser: Browser, enough: number): Promise<number> {
  let count = 0;
  while (count <= enough && (await browser.next()) !== undefined) count += 1;
  return count;
}

function differenceOf(
  original: Fingerprint | undefined,
  copy: Fingerprint | undefined,
  names: Sides['names'],
): string | undefined {
  if (original === undefined) return copy === undefined ? undefined : `only ${names.replica} has it`;
  return copy === undefined ? `only ${names.origin} has it` : differenceBetween(original, copy, names);
}

/** By the sum of all digests, which does not depend on their order. */
async function compareHeaps(sides: Sides, options: ComparisonOptions): Promise<Comparison> {
  const { there, here, names } = sides;
  const originals = await addUp(there, options);
  const copies = await addUp(here, options);
  const { count, unreadable } = originals;
  if (count !== copies.count) {
    const index = Math.min(count, copies.count);
    const difference = `${names.origin} has ${count} messages, and ${names.replica} ${copies.count}`;
    return { equal: false, index, difference };
  }
  if (originals.sum === copies.sum || unreadable + copies.unreadable > 0) {
    return {
      equal: true,
      count,
      inHand: 0,
      onTheWay: 0,
      unreadable: Math.max(unreadable, copies.unreadable),
    };
  }
  return { equal: false, index: 0, difference: 'the messages are not the same, in whatever order' };
}

async function addUp(browser: Browser, options: ComparisonOptions) {
  let sum = 0n;
  let unreadable = 0;
  for (let count = 0; ; count += 1) {
    if (count % stride === 0) await options.progress?.(count);
    const print = await browser.next();
    if (print === undefined) return { count, sum, unreadable };
    if (!print.readable) unreadable += 1;
    sum = (sum + heapDigest(print)) % modulus;
  }
}

const modulus = 1n << 256n;

function heapDigest(print: Fingerprint): bigint {
  return BigInt(`0x${createHash('sha256').update(summaryOf(print)).digest('hex')}`);
}
