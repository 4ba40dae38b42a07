/** Moves the messages of a queue to another, so that each is on one of them at every moment, whatever is killed. */
import { BrokerError } from '../../amqp/broker-error';
import type { IncomingMessage, MessageHolder, MessageSender } from '../../amqp/contract';
import { isForeignUserId } from '../../amqp/errors';
import { messages } from '../judge/verdict';
import { textOf } from '../observe/qmf-values';
import type { QueueDetails } from '../observe/queue-details';
import type { Workbench } from './actions';
import { moveMessages } from './queue-actions';
import { type QueueBench, storeLatency } from './store-latency';

/** Messages and bytes in hand at a time. */
const mostMessages = 2_000;
const mostBytes = 16_000_000;

/** Milliseconds without a message after which there is none any more. */
const idle = 300;

/**
 * Inside the broker where nothing is stored. Where there is a store, by way of this program: a message leaves the old
 * queue when the broker has confirmed that its copy is stored, so that one may be there twice after an accident, and
 * none is lost. What cannot be read (see `Fingerprint`), and what the broker takes from nobody but its own user, is moved
 * inside the broker all the same. Throws `BrokerError`.
 */
export async function transfer(
  bench: QueueBench,
  from: string,
  to: string,
  here: QueueDetails,
): Promise<void> {
  const journals = here.durable ? await bench.connection.qmf.objects('journal') : [];
  if (!journals.some(({ values }) => textOf(values, 'queueName') === to)) {
    return moveMessages(bench, from, to, here.depth);
  }
  // Where a copy is not confirmed in time it may be there all the same, and would be sent once more by a later run.
  await storeLatency(bench);
  try {
    await carry(bench, from, to, here);
  } catch (error) {
    if (!(error instanceof BrokerError) || !(error.kind === 'protocol' || isForeignUserId(error)))
      throw error;
    await moveMessages(bench, from, to, here.depth);
  }
}

async function carry(bench: Workbench, from: string, to: string, here: QueueDetails): Promise<void> {
  const { connection, broker, onEvent } = bench;
  const size = Math.max(1, here.bytes / Math.max(1, here.depth));
  const batch = Math.max(1, Math.min(mostMessages, Math.floor(mostBytes / size)));
  const holder = await connection.openHolder(from);
  try {
    const sender = await connection.openSender(to);
    try {
      const known = new Set<string>();
      let count = 0;
      for (let got = batch; got > 0; count += got) {
        got = await carryBatch({ holder, sender, known }, Math.min(batch, Math.max(1, here.depth - count)));
        onEvent({ type: 'look', broker, text: `stored ${messages(count + got)} in "${to}"` });
      }
      onEvent({
        type: 'change',
        broker,
        action: 'move-messages',
        text: `moved ${messages(count)} from "${from}" to "${to}", each after its copy was stored`,
      });
    } finally {
      await sender.close();
    }
  } finally {
    await holder.close();
  }
}

interface Carrying {
  readonly holder: MessageHolder;
  readonly sender: MessageSender;
  /** Users whose messages the broker has taken from us. */
  readonly known: Set<string>;
}

async function carryBatch(carrying: Carrying, count: number): Promise<number> {
  const held = await carrying.holder.take(count, idle);
  for (const group of groupsOf(held, carrying.known)) {
    await carrying.sender.send(group);
    await carrying.holder.remove(group);
  }
  return held.length;
}

/**
 * The first message of each user alone: a broker that knows its users may refuse it, and ends the sender with it, and
 * then there must be none of which nobody knows whether it was taken.
 */
function* groupsOf(
  held: readonly IncomingMessage[],
  known: Set<string>,
): Generator<readonly IncomingMessage[]> {
  let group: IncomingMessage[] = [];
  for (const message of held) {
    const user = userOf(message);
    if (user !== '' && !known.has(user)) {
      if (group.length > 0) yield group;
      group = [];
      yield [message];
      known.add(user);
    } else {
      group.push(message);
    }
  }
  if (group.length > 0) yield group;
}

function userOf({ fields }: IncomingMessage): string {
  const { userId } = fields;
  return userId instanceof Uint8Array ? Buffer.from(userId).toString('latin1') : String(userId ?? '');
}
