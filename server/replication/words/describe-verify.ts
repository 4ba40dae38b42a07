import type { Movement, VerifyOutcome, VerifyTarget } from '../verify';
import { command } from './command';
import { counted, type Description, describeFailure, describeRefusal } from './describe';

type Equal = Extract<VerifyOutcome, { kind: 'equal' }>;

export function describeVerify(
  { queue, origin, replica }: VerifyTarget,
  outcome: VerifyOutcome,
): Description {
  const both = `"${queue}" on ${origin.name} and ${replica.name}`;
  switch (outcome.kind) {
    case 'equal':
      return {
        severity: 'info',
        message: `${both}: equal, ${counted(outcome.count)}${outcome.ordered ? ' in the same order' : ''}.`,
        details: remarksOn(outcome, origin.name),
      };
    case 'different':
      return {
        severity: 'error',
        message: `${both}: different, ${outcome.difference}.`,
        next: `To move the replica's content aside and copy all anew: ${command('rebuild', { queue, origin, replica })}.`,
        details: outcome.arguments,
      };
    case 'moving':
      return {
        severity: 'error',
        message: `${both}: not known, for messages moved in each of ${outcome.attempts} attempts.`,
        next: 'Allow more time (--timeout), or look when there is less traffic.',
        details: [
          `In the last attempt, of ${(outcome.window / 1000).toFixed(1)} s, the first ${counted(outcome.count)} were equal.`,
          `Meanwhile ${moved(outcome.origin)} on ${origin.name}, and ${moved(outcome.replica)} on ${replica.name}.`,
        ],
      };
    case 'refused':
      return describeRefusal(`${both} were not compared`, outcome.refusal);
    case 'failed':
      return describeFailure(`${both} could not be compared`, outcome);
  }
}

function moved({ enqueued, dequeued }: Movement): string {
  return `${enqueued.toLocaleString('en-US')} came and ${dequeued.toLocaleString('en-US')} went`;
}

function remarksOn({ inHand, onTheWay, unreadable, ordered }: Equal, origin: string): readonly string[] {
  return [
    ...(inHand === 0 ? [] : [`Consumers of ${origin} have ${counted(inHand)} of them in hand.`]),
    ...(onTheWay === 0 ? [] : [`${counted(onTheWay)} more came meanwhile, and are on their way.`]),
    ...(unreadable === 0
      ? []
      : [`${counted(unreadable)} could not be decoded, and were compared by their place alone.`]),
    ...(ordered ? [] : ['A fairshare queue shows its messages in an order of its own: it was not compared.']),
  ];
}
