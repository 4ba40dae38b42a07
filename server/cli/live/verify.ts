import type { Replication } from '../../replication/contract';
import { verify } from '../../replication/verify';
import { describeVerify } from '../../replication/words/describe-verify';
import type { Terminal } from '../terminal';
import { type LiveOptions, runOnEach } from './replications';
import type { Selection } from './targets';

/** `qpidha verify`: compares the queues of each selected replication. Exit code 1 unless all of them are equal. */
export function verifyCommand(
  selection: Selection<Replication>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const title = ({ queue, origin, replica }: Replication) => `${queue}: ${origin.name} = ${replica.name} ?`;
  return runOnEach(selection, options, terminal, title, async (replication, context) => {
    const outcome = await verify(replication, context);
    return { outcome, description: describeVerify(replication, outcome) };
  });
}
