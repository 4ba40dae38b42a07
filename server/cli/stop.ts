import type { StopTarget } from '../replication/contract';
import type { DangerId } from '../replication/dangers';
import { stopOrderly } from '../replication/orderly-stop';
import { stop } from '../replication/stop';
import { describeStop } from '../replication/words/describe';
import { type LiveOptions, runOnEach } from './live';
import type { Selection } from './targets';
import type { Terminal } from './terminal';

export interface StopCommandOptions extends LiveOptions {
  readonly drain: boolean;
  readonly keepUsable: boolean;
  readonly accept: readonly DangerId[];
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
