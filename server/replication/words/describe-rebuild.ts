import type { Aside } from '../change/aside-queue';
import type { Replication } from '../contract';
import type { RebuildOutcome } from '../rebuild';
import {
  counted,
  type Description,
  describeFailure,
  describeRefusal,
  describeState,
  isHealthy,
} from './describe';

export function describeRebuild(
  { queue, origin, replica }: Replication,
  outcome: RebuildOutcome,
): Description {
  const where = `"${queue}" on ${replica.name}`;
  switch (outcome.kind) {
    case 'rebuilt': {
      const { status, warnings, notices, aside } = outcome;
      const well = isHealthy(status) && warnings.length === 0;
      return {
        severity: well ? 'info' : 'warning',
        message: `${where} is rebuilt from ${origin.name}: ${describeState(status)}. ${whatBecame(aside)}`,
        ...(aside.queue === undefined
          ? {}
          : { next: `Look through "${aside.queue}" on ${replica.name}, and delete that queue.` }),
        details: [...(status.cause === undefined ? [] : [status.cause]), ...warnings, ...notices],
      };
    }
    case 'healthy':
      return {
        severity: 'info',
        message: `${where} is equal to its origin, ${counted(outcome.count)}: there is nothing to rebuild.`,
        details: [],
      };
    case 'refused':
      return describeRefusal(`${where} was not rebuilt`, outcome.refusal);
    case 'failed':
      return describeFailure(`${where} could not be rebuilt`, outcome);
  }
}

function whatBecame({ queue, count }: Aside): string {
  if (count === 0) return 'It held nothing before.';
  return queue === undefined
    ? `What it held before, ${counted(count)}, was deleted.`
    : `What it held before, ${counted(count)}, is in the queue "${queue}".`;
}
