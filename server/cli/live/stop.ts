import type { BrokerRef, StopTarget } from '../../replication/contract';
import type { DangerId } from '../../replication/dangers';
import { removeLeftOver } from '../../replication/left-over';
import { stopOrderly } from '../../replication/orderly-stop';
import { stop } from '../../replication/stop';
import { describeStop } from '../../replication/words/describe';
import { describeLeftOver } from '../../replication/words/describe-left-over';
import type { Terminal } from '../terminal';
import { type LiveOptions, runOnEach } from './replications';
import type { Selection } from './targets';

export interface StopCommandOptions extends LiveOptions {
  readonly drain: boolean;
  readonly keepUsable: boolean;
  readonly accept: readonly DangerId[];
}

interface LeftOverTarget {
  readonly replica: BrokerRef;
  readonly queue?: never;
}

/** `qpidha stop --left-over`: takes away only what serves no replication. */
export function stopLeftOver(
  selection: Selection<LeftOverTarget>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const title = ({ replica }: LeftOverTarget) => `left over on ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async ({ replica }, context) => {
    const outcome = await removeLeftOver(replica, context);
    return { outcome, description: describeLeftOver(replica, outcome) };
  });
}

/** `qpidha stop`: stops each selected replication. The origin need not be reachable, nor even be named. */
export function stopCommand(
  selection: Selection<StopTarget>,
  options: StopCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { drain, keepUsable } = options;
  const accepted = new Set(options.accept);
  const title = ({ queue, origin, replica }: StopTarget) =>
    `${queue}: ${origin === undefined ? '' : `${origin.name} `}⇥ ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (target, context) => {
    const outcome =
      drain || keepUsable
        ? await stopOrderly(target, context, { drain, keepUsable, accepted })
        : await stop(target, context);
    return { outcome, description: describeStop(target.queue, target.replica.name, outcome) };
  });
}
