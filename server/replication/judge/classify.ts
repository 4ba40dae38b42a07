/** What two looks at two brokers mean: the state of a replication, why, and what to do next. Pure. */
import { formatMember } from '../../address/endpoint';
import type { LinkStatus, ReplicationState, ReplicationStatus } from '../contract';
import { linkOf, type Observation, spareLinks } from '../observe/observation';
import type { LinkView } from '../observe/observe';
import { judgeContent } from './judge-content';
import { judgeOrigin } from './judge-origin';
import { judgeLink, judgePieces } from './judge-replica';
import type { Verdict } from './verdict';

/**
 * `earlier` is a look at the same replication some time before: only two looks tell a replica that is being filled
 * from one that is stuck. Without it, a difference in depth is taken for a copy under way.
 */
export function classify(observation: Observation, earlier?: Observation): ReplicationStatus {
  const { queue, replica, origin } = observation;
  const originDepth = origin?.view?.queue?.depth;
  const replicaDepth = replica.view.queue?.depth;
  const verdict = judge(observation, earlier);
  return {
    queue,
    origin: origin?.broker.name,
    replica: replica.broker.name,
    state: verdict.state,
    originDepth,
    replicaDepth,
    lag: lagOf(verdict.state, originDepth, replicaDepth),
    links: linksOf(observation).map(toLinkStatus),
    cause: verdict.cause,
    next: verdict.next,
    originError: origin?.error,
  };
}

/** Only while all is well do equal depths mean that nothing is missing; fewer messages always mean that some are. */
function lagOf(state: ReplicationState, there: number | undefined, here = 0): number | undefined {
  if (there === undefined) return undefined;
  if (there > here) return there - here;
  return state === 'in-step' || state === 'catching-up' ? 0 : undefined;
}

function judge(observation: Observation, earlier: Observation | undefined): Verdict {
  return (
    judgePieces(observation) ??
    judgeLink(observation) ??
    judgeOrigin(observation) ??
    judgeContent(observation, earlier)
  );
}

function linksOf(observation: Observation): readonly LinkView[] {
  const { view } = observation.replica;
  const own = view.bridges.flatMap((bridge) => linkOf(view, bridge) ?? []);
  return own.length > 0 || observation.origin === undefined ? own : spareLinks(observation);
}

export function toLinkStatus(link: LinkView): LinkStatus {
  const { name, state, lastError } = link;
  return { name, state, address: formatMember(link), lastError: lastError === '' ? undefined : lastError };
}
