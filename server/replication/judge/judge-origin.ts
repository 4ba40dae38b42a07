/** What the origin broker tells: whether it serves this replica, and whether it is still what it was. */
import { formatMember } from '../../address/endpoint';
import { addressesOf, comparable } from '../addresses';
import { replicatorName } from '../names';
import { currentLink, type Observation, subscriptionOf } from '../observe/observation';
import type { SubscriptionView } from '../observe/observe';
import { command } from '../words/command';
import { restart, stale, type Verdict, words } from './verdict';

export function judgeOrigin(observation: Observation): Verdict | undefined {
  const { queue, replica, origin } = observation;
  const again = `Look again: ${command('status', { replica: replica.broker })}.`;
  if (origin?.view === undefined) {
    const cause = origin?.error?.text ?? origin?.error?.kind;
    return {
      state: 'unverified',
      cause: `the origin could not be asked${cause === undefined ? '' : `: ${cause}`}`,
      next: origin?.error?.advice ?? again,
    };
  }
  const { view, broker } = origin;
  if (view.ha === undefined) {
    return {
      state: 'origin-without-ha',
      cause: `${broker.name} runs without HA: it never tells the replica which messages are gone`,
      next: `Set ha-queue-replication=yes on ${broker.name} and restart that broker. ${restart(observation)}`,
    };
  }
  const subscription = subscriptionOf(observation);
  if (subscription === undefined && leadsElsewhere(observation)) return judgeElsewhere(observation);
  if (view.queue === undefined) {
    return deletedOnOrigin(observation);
  }
  if (subscription === undefined) return judgeUnsubscribed(observation, again);
  if (subscription.created < view.queue.created) {
    return {
      state: 'stale',
      cause: `the queue "${queue}" was created anew on ${broker.name} under the subscription: nothing of the new one is copied`,
      next: restart(observation),
    };
  }
  return judgeAge(observation, subscription);
}

/** A replicator does not go over to a queue that is created later (measured). */
function deletedOnOrigin({ queue, replica, origin }: Observation): Verdict {
  const stop = command('stop', { queue, origin: origin?.broker, replica: replica.broker });
  return {
    state: 'stale',
    cause: `the queue "${queue}" has been deleted on ${origin?.broker.name}, and one that is created anew is not replicated`,
    next: `End the replication: ${stop}; or create the queue, and look again.`,
  };
}

/** An open link to an address that is not the origin's, which knows nothing of it. */
function leadsElsewhere({ replica, origin, linkAddress }: Observation): boolean {
  const link = currentLink(replica.view);
  return link?.opened === true && !addressesOf({ origin: origin?.broker, linkAddress }).has(comparable(link));
}

function judgeElsewhere(observation: Observation): Verdict {
  const { queue, replica } = observation;
  const link = currentLink(replica.view);
  const from = link === undefined ? 'elsewhere' : `${formatMember(link)} instead`;
  return {
    state: 'absent',
    cause: `${replica.broker.name} replicates "${queue}" from ${from}`,
    next: restart(observation),
  };
}

function judgeUnsubscribed({ queue, replica, origin }: Observation, again: string): Verdict {
  const link = currentLink(replica.view);
  if (link?.opened === false) {
    const cause = `the link to ${formatMember(link)} has not finished its handshake${words(link.lastError)}`;
    return { state: 'connecting', cause, next: again };
  }
  const name = origin?.broker.name ?? 'the origin';
  return {
    state: 'stalled',
    cause: `the link is up, but ${name} has no subscription ${replicatorName(queue)} of this replica`,
    next:
      `Look into both logs for what was denied: ${name} must allow "consume queue" to the link's user, ` +
      `and ${replica.broker.name} "publish exchange" for ${replicatorName(queue)}. ${again}`,
  };
}

/**
 * Message ids start again when a queue is created or recovered, and a replica that held messages at that time keeps
 * the old ones and skips the new. Ages are compared instead of times, for the brokers' clocks need not agree.
 */
function judgeAge(observation: Observation, subscription: SubscriptionView): Verdict | undefined {
  const { queue, replica, origin } = observation;
  const [bridge] = replica.view.bridges;
  const view = origin?.view;
  // The members of a cluster share the ids: after a failover the replica goes on where it was (measured).
  if (view?.ha?.status === 'active') return undefined;
  if (subscription.fromEmpty || bridge === undefined || view?.queue === undefined) return undefined;
  const replicationAge = replica.view.now - bridge.created;
  if (replicationAge <= view.now - view.queue.created) return undefined;
  const name = origin?.broker.name;
  const restarted = replicationAge > view.now - view.started;
  return stale(
    observation,
    restarted
      ? `${name} has been restarted since the replication began`
      : `the queue "${queue}" on ${name} is newer than the replication`,
  );
}
