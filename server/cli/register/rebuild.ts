import type { Command } from 'commander';
import type { DangerId } from '../../replication/dangers';
import type { Terminal } from '../terminal';
import { accepting } from './accept';
import { type LiveCommandOptions, live } from './options';

interface Options extends LiveCommandOptions {
  readonly discard: boolean;
  readonly accept: readonly DangerId[];
}

export function addRebuild(program: Command, terminal: Terminal): void {
  const command = live(program.command('rebuild'), {
    summary: 'move the content of a stale or corrupt replica aside, and copy all anew',
    queue: 'the queue',
    origin: 'the broker that has the original queue',
    replica: 'the broker that has the replica',
  }).option('--discard', 'delete the old content instead of moving it to a queue of its own', false);
  accepting(command, 'rebuild').action(async (queues: string[], options: Options) => {
    const [{ replicationsFrom }, { rebuildCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/rebuild'),
    ]);
    process.exitCode = await rebuildCommand(replicationsFrom(queues, options, terminal), options, terminal);
  });
}
