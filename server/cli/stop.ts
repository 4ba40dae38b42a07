import type { StopTarget } from '../replication/contract';
import { describeStop } from '../replication/describe';
import { stop } from '../replication/stop';
import { type LiveOptions, runOnEach } from './live';
import type { Selection } from './targets';
import type { Terminal } from './terminal';

/** `qpidha stop`: stops each selected replication. The origin need not be reachable, nor even be named. */
export function stopCommand(
  selection: Selection<StopTarget>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const title = ({ queue, origin, replica }: StopTarget) =>
    `${queue}: ${origin === undefined ? '' : `${origin.name} `}⇥ ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (target, context) => {
    const outcome = await stop(target, context);
    return { outcome, description: describeStop(target.queue, target.replica.name, outcome) };
  });
}
