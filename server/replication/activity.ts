/** Clients of a queue, as far as a broker tells of them, and what speaks against working beside them. */
import type { BrokerConnection } from '../amqp/contract';
import type { EngineContext, Refusal, Replication } from './contract';
import type { Accepted } from './dangers';
import { messages } from './judge/verdict';
import { attachedSenders, type QueueDetails, queueDetails } from './observe/queue-details';
import { pause } from './patience';
import { refuseDanger } from './refusals';

interface Queue {
  readonly connection: BrokerConnection;
  /** The broker's name. */
  readonly broker: string;
  readonly queue: string;
}

type Place = Pick<Queue, 'queue' | 'broker'>;

export function consuming(count: number, { queue, broker }: Place): string {
  return `${count === 1 ? '1 client consumes' : `${count} clients consume`} from "${queue}" on ${broker}`;
}

function attachedTo(count: number, { queue, broker }: Place): string {
  return `${count === 1 ? '1 client is' : `${count} clients are`} attached to send to "${queue}" on ${broker}`;
}

/** Who sends to a replica queue, or may, as clauses: by its bindings, and by AMQP 1.0 links. */
export async function sendersTo(
  { connection, broker, queue }: Queue,
  { bindings }: QueueDetails,
): Promise<readonly string[]> {
  const attached = await attachedSenders(connection, queue);
  const containers = [...new Set(attached.map(({ container }) => container))].filter((name) => name !== '');
  return [
    ...(attached.length === 0
      ? []
      : [`${attachedTo(attached.length, { queue, broker })} (${containers.join(', ') || 'unnamed'})`]),
    ...(bindings > 1 ? [`exchanges on ${broker} bring messages to "${queue}"`] : []),
  ];
}

/** Clients of a queue that is a replica, or is to become one. Throws `BrokerError`. */
export async function refuseClients(
  { queue, replica }: Pick<Replication, 'queue' | 'replica'>,
  context: EngineContext,
  accepted: Accepted,
): Promise<Refusal | undefined> {
  const connection = await context.connection(replica);
  const here = await queueDetails(connection, queue);
  if (here === undefined) return undefined;
  if (here.consumers > 0) {
    const clause = consuming(here.consumers, { queue, broker: replica.name });
    const refusal = refuseDanger('replica-consumers', clause, accepted);
    if (refusal !== undefined) return refusal;
  }
  const senders = await sendersTo({ connection, broker: replica.name, queue }, here);
  return senders.length === 0
    ? undefined
    : refuseDanger('replica-producers', senders.join(', and '), accepted);
}

/** Milliseconds for which a counter that stands still makes believe that nobody sends. */
const watching = 1000;

/**
 * The refusal of a verb that moves work away from a queue on which work goes on. Clients of older protocols are
 * only seen by what they do.
 */
export async function refuseActive(
  origin: Queue,
  accepted: Accepted,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const { connection, broker, queue } = origin;
  const before = await queueDetails(connection, queue);
  if (before === undefined) return undefined;
  if (before.consumers > 0) {
    const refusal = refuseDanger('consumers-active', consuming(before.consumers, origin), accepted);
    if (refusal !== undefined) return refusal;
  }
  if (accepted.has('producers-active')) return undefined;
  const attached = await attachedSenders(connection, queue);
  if (attached.length > 0) {
    return refuseDanger('producers-active', attachedTo(attached.length, origin), accepted);
  }
  await pause(watching, signal);
  const came = ((await queueDetails(connection, queue))?.enqueued ?? 0) - before.enqueued;
  return came <= 0
    ? undefined
    : refuseDanger(
        'producers-active',
        `${messages(came)} came to "${queue}" on ${broker} within a second`,
        accepted,
      );
}
