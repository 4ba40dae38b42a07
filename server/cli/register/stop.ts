import type { Command } from 'commander';
import type { DangerId } from '../../replication/dangers';
import type { Terminal } from '../terminal';
import { accepting } from './accept';
import { type LiveCommandOptions, live } from './options';

interface Options extends LiveCommandOptions {
  readonly drain: boolean;
  readonly keepUsable: boolean;
  readonly leftOver: boolean;
  readonly accept: readonly DangerId[];
}

export function addStop(program: Command, terminal: Terminal): void {
  const command = live(program.command('stop'), {
    summary: 'stop replicating a queue; the replica keeps its messages',
    queue: 'the queue',
    origin: 'the broker that has the original queue, to see both ends',
    replica: 'the broker that has the replica',
  })
    .option(
      '--drain',
      'first wait until both queues are equal, and do nothing if they do not become so',
      false,
    )
    .option('--keep-usable', 'create the queue anew, with its messages, so that it can be an origin', false)
    .option(
      '--left-over',
      'of --replica, remove only links and replicators that serve no replication',
      false,
    );
  accepting(command, 'stop --keep-usable').action(async (queues: string[], options: Options) => {
    const [{ leftOverTargetsFrom, stopTargetsFrom }, { stopCommand, stopLeftOver }] = await Promise.all([
      import('../live/targets'),
      import('../live/stop'),
    ]);
    if (options.leftOver) {
      process.exitCode = await stopLeftOver(leftOverTargetsFrom(queues, options), options, terminal);
      return;
    }
    process.exitCode = await stopCommand(stopTargetsFrom(queues, options, terminal), options, terminal);
  });
}
