import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { type LiveCommandOptions, live } from './options';

export function addStop(program: Command, terminal: Terminal): void {
  live(program.command('stop'), {
    summary: 'stop replicating a queue; the replica keeps its messages',
    queue: 'the queue',
    origin: 'the broker that has the original queue, to see both ends',
    replica: 'the broker that has the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ stopTargetsFrom }, { stopCommand }] = await Promise.all([
      import('../targets'),
      import('../stop'),
    ]);
    process.exitCode = await stopCommand(stopTargetsFrom(queues, options, terminal), options, terminal);
  });
}
