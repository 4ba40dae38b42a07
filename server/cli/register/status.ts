import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { type LiveCommandOptions, live } from './options';

export function addStatus(program: Command, terminal: Terminal): void {
  live(program.command('status'), {
    summary: 'show replications as seen on both brokers',
    queue: 'the queue; without it, all that the replica broker replicates',
    origin: 'the broker that has the original queue',
    replica: 'the broker that has the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ statusTargetsFrom }, { statusCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/status'),
    ]);
    process.exitCode = await statusCommand(statusTargetsFrom(queues, options, terminal), options, terminal);
  });
}
