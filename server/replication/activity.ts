/** Clients of a queue, as far as a broker tells of them. */
import type { BrokerConnection } from '../amqp/contract';
import type { Refusal } from './contract';
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

/** Who sends to a replica queue, or may, as clauses: by its bindings, and by AMQP 1.0 links. */
export async function sendersTo(
  { connection, broker, queue }: Queue,
  { bindings }: QueueDetails,
): Promise<readonly string[]> {
  const attached = await attachedSenders(connection, queue);
  const containers = [...new Set(attached.map(({ container }) => container))].filter((name) => name !== '');
  const clients = attached.length === 1 ? '1 client is' : `${attached.length} clients are`;
  return [
    ...(attached.length === 0
      ? []
      : [`${clients} attached to send to "${queue}" on ${broker} (${containers.join(', ') || 'unnamed'})`]),
    ...(bindings > 1 ? [`exchanges on ${broker} bring messages to "${queue}"`] : []),
  ];
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
    const clients = before.consumers === 1 ? '1 client consumes' : `${before.consumers} clients consume`;
    const refusal = refuseDanger('consumers-active', `${clients} from "${queue}" on ${broker}`, accepted);
    if (refusal !== undefined) return refusal;
  }
  if (accepted.has('producers-active')) return undefined;
  const attached = await attachedSenders(connection, queue);
  if (attached.length > 0) {
    const clients = attached.length === 1 ? '1 client is' : `${attached.length} clients are`;
    return refuseDanger(
      'producers-active',
      `${clients} attached to send to "${queue}" on ${broker}`,
      accepted,
    );
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
