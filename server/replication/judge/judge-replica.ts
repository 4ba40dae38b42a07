/** What the replica broker alone tells: which pieces of the replicator are there, and how its link does. */
import { formatMember } from '../../address/endpoint';
import { longestQueueName, recreatedArgument, replicatorName } from '../names';
import { currentLink, isGoing, type Observation, spareLinks, subscriptionOf } from '../observe/observation';
import type { LinkView } from '../observe/observe';
import { command } from '../words/command';
import { adviceFor } from './link-advice';
import { halfStopped, restart, restartCommand, type Verdict, words } from './verdict';

/** Exactly one bridge, with its replicator and its link, is whole. */
export function judgePieces(observation: Observation): Verdict | undefined {
  const { queue, replica } = observation;
  const { view } = replica;
  if (view.bridges.length > 1) {
    const cause = `${view.bridges.length} bridges feed the replica: messages are lost and doubled`;
    return { state: 'doubled', cause, next: restart(observation) };
  }
  if (view.bridges.length === 0) {
    if (view.replicator !== 'present') return judgeAbsent(observation);
    if (isPrimary(view.ha?.status)) return halfStopped(observation, promoted(observation));
    return halfStopped(observation, `the replicator ${replicatorName(queue)} is there without its bridge`);
  }
  if (view.replicator === 'absent') {
    return halfStopped(observation, `a bridge is there without its replicator ${replicatorName(queue)}`);
  }
  const link = currentLink(view);
  if (link === undefined) return halfStopped(observation, 'a bridge is there without its link');
  if (!isGoing(link)) return undefined;
  return halfStopped(observation, `the link ${link.name} has been deleted (${link.state})`);
}

function isPrimary(status: string | undefined): boolean {
  return status === 'active' || status === 'recovering';
}

/** On failover the queue comes along, the replication does not; what made the queue a backup stays in the way. */
function promoted({ queue, replica }: Observation): string {
  return (
    `${replica.broker.name} has become the primary of its cluster, and replicates nothing itself; what it kept from its ` +
    `time as a backup, ${replicatorName(queue)}, makes every "replicate" say Duplicate`
  );
}

function judgeAbsent(observation: Observation): Verdict {
  const { queue, replica, origin } = observation;
  const stop = command('stop', { queue, origin: origin?.broker, replica: replica.broker });
  const spare = spareLinks(observation).length;
  if (origin !== undefined && spare > 0) {
    const links = spare === 1 ? 'a link is' : `${spare} links are`;
    return {
      state: 'absent',
      cause: `${links} left over on ${replica.broker.name}: no bridge uses ${spare === 1 ? 'it' : 'them'}`,
      next: `Remove what is left over: ${stop}.${again(observation)}`,
    };
  }
  if (subscriptionOf(observation) !== undefined) {
    return { state: 'absent', cause: `${origin?.broker.name} has not yet ended its subscription` };
  }
  return notBegun(observation);
}

/** Nothing of it is there: what there is to begin with. */
function notBegun(observation: Observation): Verdict {
  const { queue, origin } = observation;
  if (origin === undefined) return { state: 'absent' };
  const { broker, view, error } = origin;
  if (view === undefined) {
    const why = error?.text ?? error?.kind;
    const cause = `it does not run, and ${broker.name} could not be asked${why === undefined ? '' : `: ${why}`}`;
    return { state: 'absent', cause, ...(error === undefined ? {} : { next: error.advice }) };
  }
  if (view.queue === undefined) {
    return {
      state: 'absent',
      cause: `there is no queue "${queue}" on ${broker.name}`,
      next: `Check the name, or create the queue on ${broker.name} first.`,
    };
  }
  return { state: 'absent', ...howToBegin(observation) };
}

/** What the queue holds may be somebody's work by now: after a cutover nobody is told to move it aside. */
function howToBegin(observation: Observation): Pick<Verdict, 'cause' | 'next'> {
  const { queue, replica } = observation;
  const here = replica.view.queue;
  if (here !== undefined && recreatedArgument in here.arguments) {
    return { cause: `"${queue}" on ${replica.broker.name} was created anew to be an origin itself` };
  }
  const aside =
    here === undefined || here.depth === 0 ? '' : ', which moves aside what the replica queue holds';
  return { next: `To replicate it: ${restartCommand(observation)}${aside}.` };
}

/** An origin without the queue has nothing to begin with. */
function again(observation: Observation): string {
  return observation.origin?.view?.queue === undefined
    ? ''
    : ` To replicate it again: ${restartCommand(observation)}.`;
}

export function judgeLink(observation: Observation): Verdict | undefined {
  const { queue, replica, origin } = observation;
  const link = currentLink(replica.view);
  if (link === undefined || link.state === 'Operational') return undefined;
  const address = formatMember(link);
  const cause = `the link to ${address} is ${link.state}${words(link.lastError)}`;
  const advice = adviceFor(link, { replica: replica.broker.name, origin: origin?.broker.name ?? address });
  if (link.state === 'Failed') {
    return {
      state: 'failed',
      cause: `${cause}; the broker never retries a failed link`,
      next: `${advice ?? 'Cure the cause.'} ${restart(observation)}`,
    };
  }
  const hint = flapping(queue, link)
    ? `The name is longer than ${longestQueueName} bytes. `
    : `${advice === undefined ? '' : `${advice} `}Check that ${replica.broker.name} can reach ${address}. `;
  return {
    state: 'connecting',
    cause,
    next: `${hint}Look again: ${command('status', { replica: replica.broker })}.`,
  };
}

/** A name that does not fit makes the origin close the connection, again and again. */
function flapping(queue: string, link: LinkView): boolean {
  return link.lastError.startsWith('Closed by peer') && Buffer.byteLength(queue) > longestQueueName;
}
