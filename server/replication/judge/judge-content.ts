/** Whether the two queues hold the same, by their depths and counters. */

import type { Observation } from '../observe/observation';
import { judgeTraffic } from './judge-traffic';
import { halfStopped, messages, restart, type Verdict } from './verdict';

export function judgeContent(observation: Observation, earlier: Observation | undefined): Verdict {
  const verdict = judgeDepths(observation, earlier);
  return judgeTraffic(observation, verdict) ?? withShortages(observation, verdict);
}

/** At its limit of connections a broker lets nobody in, not even to undo. */
function withShortages({ shortages = [] }: Observation, verdict: Verdict): Verdict {
  if (shortages.length === 0 || verdict.cause !== undefined) return verdict;
  return {
    ...verdict,
    cause: `${shortages.join('; ')}: at the limit nobody can log in any more`,
    next: 'Raise max-connections in its qpidd.conf, or close connections.',
  };
}

function judgeDepths(observation: Observation, earlier: Observation | undefined): Verdict {
  const { queue, replica, origin } = observation;
  const here = replica.view.queue;
  const there = origin?.view?.queue;
  if (here === undefined || there === undefined) {
    return halfStopped(observation, `there is no queue "${queue}" on ${replica.broker.name}`);
  }
  const lag = there.depth - here.depth;
  if (lag === 0) return { state: 'in-step' };
  const before = origin && earlier?.origin?.view?.queue;
  const hereBefore = earlier?.replica.view.queue;
  if (before === undefined || hereBefore === undefined) return { state: 'catching-up' };
  // What is younger than the earlier look is traffic, not lag.
  if (lag > 0 ? lag <= there.enqueued - before.enqueued : -lag <= there.dequeued - before.dequeued) {
    return { state: 'in-step' };
  }
  if (here.enqueued !== hereBefore.enqueued || here.dequeued !== hereBefore.dequeued) {
    return { state: 'catching-up' };
  }
  return judgeStanding(observation, lag);
}

/** The depths differ and nothing moves. */
function judgeStanding(observation: Observation, lag: number): Verdict {
  const { replica, origin } = observation;
  const here = replica.view.queue;
  const originName = origin?.broker.name ?? 'the origin';
  if (lag < 0) {
    return {
      state: 'diverged',
      cause: `the replica holds ${messages(-lag)} more than ${originName}, and nothing moves: they came from elsewhere, or were there before`,
      next: restart(observation),
    };
  }
  if (here !== undefined && here.expired >= lag) {
    return {
      state: 'in-step',
      cause: `${messages(lag)} expired on the replica and will be dropped on ${originName} too`,
    };
  }
  if (here !== undefined && here.consumers > 0) {
    return {
      state: 'foreign-traffic',
      cause: `the replica lacks ${messages(lag)}, and clients consume from it`,
      next: `Move the consumers to ${originName}. ${restart(observation)}`,
    };
  }
  const cause = `the replica lacks ${messages(lag)}, and nothing moves`;
  if (here?.flowStopped === true) {
    return {
      state: 'stalled',
      cause: `${cause}: flow control has stopped the replica queue, and with it the producers of ${originName}`,
      next: `A replica must have no limits. ${restart(observation)}`,
    };
  }
  if (here !== undefined && here.acquired >= lag) {
    return {
      state: 'diverged',
      cause: `${cause}: clients have taken ${messages(here.acquired)} from it since it was created`,
      next: restart(observation),
    };
  }
  return {
    state: 'stalled',
    cause,
    next: `Look for errors in the logs of ${replica.broker.name} and ${originName}.`,
  };
}
