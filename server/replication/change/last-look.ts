/** What is still there when a verb has failed: nothing half-done is left unsaid. */
import { BrokerError } from '../../amqp/broker-error';
import type { EngineContext, StopTarget } from '../contract';
import { type Observation, piecesOf } from '../observe/observation';
import { observeReplica, type ReplicaView } from '../observe/observe';
import { deadlineIn, within } from '../patience';

/** Milliseconds. */
const patience = 2000;

/** The pieces on the replica broker, in words. Never throws. */
export async function lookOnceMore(target: StopTarget, context: EngineContext): Promise<readonly string[]> {
  const { queue, replica } = target;
  const look = async () => observeReplica(await context.connection(replica), queue);
  try {
    const view = await within(deadlineIn(patience), look());
    if (view !== undefined) return piecesOf(observationOf(target, view));
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
  }
  return [`whatever is left: ${replica.name} could not be asked`];
}

/** The replica broker's side alone; the origin, where it is named, has not been asked. */
export function observationOf(
  { queue, replica, origin, linkAddress }: StopTarget,
  view: ReplicaView,
): Observation {
  return {
    queue,
    replica: { broker: replica, view },
    origin: origin && { broker: origin, view: undefined, error: undefined },
    linkAddress,
  };
}
