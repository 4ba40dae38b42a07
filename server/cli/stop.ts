import { describeStop } from '../replication/describe';
import { stop } from '../replication/stop';
import { type LiveOptions, runOnEach } from './live';
import type { Selection } from './targets';
import type { Terminal } from './terminal';

/** `qpidha stop`: stops each selected replication. The origin need not be reachable, nor even be named. */
export function stopCommand(selection: Selection, options: LiveOptions, terminal: Terminal): Promise<number> {
  return runOnEach(selection, options, terminal, async (replication, context) => {
    const outcome = await stop(replication, context);
    return { outcome, description: describeStop(replication.queue, replication.replica.name, outcome) };
  });
}
