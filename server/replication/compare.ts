/** Compares two queues message by message, without taking a message off either. */
import type { BrokerConnection, IncomingMessage } from '../amqp/contract';
import { observeQueue } from './observe';

export type Comparison =
  | { readonly equal: true; readonly count: number }
  | {
      readonly equal: false;
      /** Messages before this one are the same on both queues. From 0. */
      readonly index: number;
      /** The first difference, as a sentence. */
      readonly difference: string;
    };

/** Messages asked for at a time: a few megabytes at the usual sizes. */
const chunk = 500;

/**
 * Bodies byte by byte, and what else of a message survives the translation to AMQP 0-10: durability and priority.
 * Message ids, group ids and annotations do not survive it and are not compared. Meaningful only while nobody
 * sends to the origin or consumes from it. Throws `BrokerError`.
 */
export async function compareQueues(
  origin: BrokerConnection,
  replica: BrokerConnection,
  queue: string,
): Promise<Comparison> {
  const there = await openBrowser(origin, queue);
  try {
    const here = await openBrowser(replica, queue);
    try {
      return await compareStreams(there, here, { origin: origin.name, replica: replica.name });
    } finally {
      await here.close();
    }
  } finally {
    await there.close();
  }
}

interface Browser {
  /** The next messages, at most `chunk`; none at the end. */
  next(): Promise<readonly IncomingMessage[]>;
  close(): Promise<void>;
}

/** Reads as many messages as the queue holds now, so that its end need not be waited for. */
async function openBrowser(connection: BrokerConnection, queue: string): Promise<Browser> {
  const receiver = await connection.openReceiver(queue, 'browse');
  let left = (await observeQueue(connection, queue))?.depth ?? 0;
  return {
    async next() {
      const messages = left === 0 ? [] : await receiver.take(Math.min(left, chunk));
      left = messages.length === 0 ? 0 : left - messages.length;
      return messages;
    },
    close: () => receiver.close(),
  };
}

interface Names {
  readonly origin: string;
  readonly replica: string;
}

async function compareStreams(there: Browser, here: Browser, names: Names): Promise<Comparison> {
  for (let count = 0; ; ) {
    const [originals, copies] = await Promise.all([there.next(), here.next()]);
    if (originals.length === 0 && copies.length === 0) return { equal: true, count };
    for (let at = 0; at < Math.max(originals.length, copies.length); at += 1) {
      const difference = differenceOf(originals[at], copies[at], names);
      if (difference !== undefined) {
        const index = count + at;
        return { equal: false, index, difference: `message ${index + 1}: ${difference}` };
      }
    }
    count += originals.length;
  }
}

function differenceOf(
  original: IncomingMessage | undefined,
  copy: IncomingMessage | undefined,
  { origin, replica }: Names,
): string | undefined {
  if (original === undefined) return `only ${replica} has it`;
  if (copy === undefined) return `only ${origin} has it`;
  if (Buffer.compare(original.body, copy.body) !== 0) {
    return `its body differs (${original.body.length} bytes on ${origin}, ${copy.body.length} on ${replica})`;
  }
  if (original.durable !== copy.durable) {
    return `it is durable only on ${original.durable ? origin : replica}`;
  }
  return original.priority === copy.priority
    ? undefined
    : `its priority is ${original.priority} on ${origin} and ${copy.priority} on ${replica}`;
}
