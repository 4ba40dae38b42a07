import type { Replication } from '../../replication/contract';
import { cutover } from '../../replication/cutover';
import type { DangerId } from '../../replication/dangers';
import { reverse } from '../../replication/reverse';
import { describeCutover, describeReverse } from '../../replication/words/describe-cutover';
import type { Terminal } from '../terminal';
import { type LiveOptions, runOnEach } from './replications';
import type { Selection } from './targets';

export interface CutoverCommandOptions extends LiveOptions {
  readonly accept: readonly DangerId[];
}

export interface ReverseCommandOptions extends CutoverCommandOptions {
  readonly discard: boolean;
  readonly linkAddress?: string;
}

/** `qpidha cutover`: moves the work of each selected replication to its replica. */
export function cutoverCommand(
  selection: Selection<Replication>,
  options: CutoverCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const accepted = new Set(options.accept);
  const title = ({ queue, origin, replica }: Replication) => `${queue}: ${origin.name} ⇒ ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (replication, context) => {
    const outcome = await cutover(replication, context, { accepted });
    return { outcome, description: describeCutover(replication, outcome) };
  });
}

/** `qpidha reverse`: the same, and then replicates from the former replica to the former origin. */
export function reverseCommand(
  selection: Selection<Replication>,
  options: ReverseCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { discard, linkAddress } = options;
  const accepted = new Set(options.accept);
  const title = ({ queue, origin, replica }: Replication) => `${queue}: ${origin.name} ⇄ ${replica.name}`;
  return runOnEach(selection, options, terminal, title, async (replication, context) => {
    const outcome = await reverse(replication, context, { accepted, discard, linkAddress });
    return { outcome, description: describeReverse(replication, outcome) };
  });
}
