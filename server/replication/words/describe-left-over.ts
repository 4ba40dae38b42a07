import type { BrokerRef, LinkStatus } from '../contract';
import type { LeftOverOutcome } from '../left-over';
import { command } from './command';
import { type Description, describeFailure, describeRefusal } from './describe';

export function describeLeftOver({ name }: BrokerRef, outcome: LeftOverOutcome): Description {
  switch (outcome.kind) {
    case 'removed': {
      const { removed } = outcome;
      const message =
        removed.length === 0
          ? `Nothing is left over on ${name}.`
          : `What was left over on ${name} is removed; what replicates was left alone.`;
      return { severity: 'info', message, details: [] };
    }
    case 'refused':
      return describeRefusal(`Nothing was removed from ${name}`, outcome.refusal);
    case 'failed':
      return describeFailure(`What is left over on ${name} could not be removed`, outcome);
  }
}

/** Links that serve no replication, and the command that removes them. */
export function describeLinks(replica: BrokerRef, links: readonly LinkStatus[]): Description {
  const which = links.length === 1 ? 'A link is' : `${links.length} links are`;
  const details = links.map(({ name, state, address, lastError }) => {
    const words = lastError === undefined ? '' : ` (${lastError})`;
    return `link ${name} to ${address}: ${state}${words}`;
  });
  const next = `Remove what is left over: ${command('stop', { replica, leftOver: true })}.`;
  return {
    severity: 'error',
    message: `${which} left over on ${replica.name}: no bridge uses ${links.length === 1 ? 'it' : 'them'}.`,
    next,
    details,
  };
}
