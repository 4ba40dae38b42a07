import type { Replication } from '../../replication/contract';
import { start } from '../../replication/start';
import { describeStart } from '../../replication/words/describe';
import type { Terminal } from '../terminal';
import { type LiveOptions, runOnEach } from './replications';
import type { Selection } from './targets';

/** `qpidha start`: starts each selected replication, and reports what was then seen on both brokers. */
export function startCommand(
  selection: Selection<Replication>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const title = ({ queue, origin, replica }: Replication) => `${queue}: ${origin.name} → ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (replication, context) => {
    const outcome = await start(replication, context);
    return { outcome, description: describeStart(replication, outcome) };
  });
}
