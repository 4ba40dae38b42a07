/** Compares two queues message by message, without taking a message off either. */
import type { BrokerConnection, IncomingMessage, MessageReceiver } from '../amqp/contract';

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
  const there = await origin.openReceiver(queue, 'browse');
  try {
    const here = await replica.openReceiver(queue, 'browse');
    try {
      return await compareStreams(there, here, { origin: origin.name, replica: replica.name });
    } finally {
      await here.close();
    }
  } finally {
    await there.close();
  }
}

interface Names {
  readonly origin: string;
  readonly replica: string;
}

async function compareStreams(
  there: MessageReceiver,
  here: MessageReceiver,
  names: Names,
): Promise<Comparison> {
  for (let count = 0; ; ) {
    const [originals, copies] = await Promise.all([there.take(chunk), here.take(chunk)]);
    for (let at = 0; at < Math.max(originals.length, copies.length); at += 1) {
      const difference = differenceOf(originals[at], copies[at], names);
      if (difference !== undefined) {
        const index = count + at;
        return { equal: false, index, difference: `message ${index + 1}: ${difference}` };
      }
    }
    count += originals.length;
    if (originals.length < chunk) return { equal: true, count };
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
