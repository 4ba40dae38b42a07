import type { Replication } from '../contract';
import type { CutoverOutcome } from '../cutover';
import type { ReverseOutcome } from '../reverse';
import {
  counted,
  type Description,
  describeFailure,
  describeRefusal,
  describeState,
  isHealthy,
} from './describe';

export function describeCutover(
  { queue, origin, replica }: Replication,
  outcome: CutoverOutcome,
): Description {
  switch (outcome.kind) {
    case 'cut-over': {
      const { count, warnings } = outcome;
      const equal = count === undefined ? '' : ` Both queues were equal, with ${counted(count)}.`;
      return {
        severity: warnings.length > 0 ? 'warning' : 'info',
        message: `"${queue}" is cut over from ${origin.name} to ${replica.name}.${equal} Nothing is replicated any more.`,
        next: `Send the clients to ${replica.name}, and see that nobody uses what ${origin.name} still holds.`,
        details: warnings,
      };
    }
    case 'not-running':
      return {
        severity: 'warning',
        message: `Nothing on ${replica.name} replicates "${queue}": there is nothing to cut over.`,
        next: 'If the queue was a replica once, make sure that it may be an origin: qpidha stop --keep-usable.',
        details: [],
      };
    case 'refused':
      return describeRefusal(`"${queue}" was not cut over`, outcome.refusal);
    case 'failed':
      return describeFailure(`"${queue}" could not be cut over`, outcome);
  }
}

export function describeReverse(
  { queue, origin, replica }: Replication,
  outcome: ReverseOutcome,
): Description {
  const way = `"${queue}" from ${replica.name} to ${origin.name}`;
  switch (outcome.kind) {
    case 'reversed': {
      const { status, warnings, aside } = outcome;
      const next =
        aside.queue === undefined
          ? `Send the clients to ${replica.name}.`
          : `Send the clients to ${replica.name}. What ${origin.name} held, ${counted(aside.count)}, is there in the queue "${aside.queue}".`;
      return {
        severity: isHealthy(status) && warnings.length === 0 ? 'info' : 'warning',
        message: `Now ${way} is replicated: ${describeState(status)}.`,
        next,
        details: [...(status.cause === undefined ? [] : [status.cause]), ...warnings],
      };
    }
    case 'already-reversed':
      return {
        severity: 'info',
        message: `${way} is replicated already: ${describeState(outcome.status)}.`,
        details: [],
      };
    case 'refused':
      return describeRefusal(`The replication of "${queue}" was not reversed`, outcome.refusal);
    case 'failed': {
      const half = `"${queue}" is cut over to ${replica.name}, but ${origin.name} does not replicate it yet`;
      return describeFailure(
        outcome.cutOver ? half : `The replication of "${queue}" could not be reversed`,
        outcome,
      );
    }
  }
}
