import type { Replication } from '../../replication/contract';
import type { DangerId } from '../../replication/dangers';
import { rebuild } from '../../replication/rebuild';
import { describeRebuild } from '../../replication/words/describe-rebuild';
import type { Terminal } from '../terminal';
import { type LiveOptions, runOnEach } from './replications';
import type { Selection } from './targets';

export interface RebuildCommandOptions extends LiveOptions {
  readonly discard: boolean;
  readonly accept: readonly DangerId[];
}

/** `qpidha rebuild`: moves the old content of each selected replica aside, and starts the replication anew. */
export function rebuildCommand(
  selection: Selection<Replication>,
  options: RebuildCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { discard } = options;
  const accepted = new Set(options.accept);
  const title = ({ queue, origin, replica }: Replication) => `${queue}: ${origin.name} ↻ ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (replication, context) => {
    const outcome = await rebuild(replication, context, { discard, accepted });
    return { outcome, description: describeRebuild(replication, outcome) };
  });
}
