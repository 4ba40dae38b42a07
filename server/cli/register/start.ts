import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { type LiveCommandOptions, live } from './options';

export function addStart(program: Command, terminal: Terminal): void {
  live(program.command('start'), {
    summary: 'start replicating a queue, new or existing',
    queue: 'the queue',
    origin: 'the broker that has the original queue',
    replica: 'the broker that shall have the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ replicationsFrom }, { startCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/start'),
    ]);
    process.exitCode = await startCommand(replicationsFrom(queues, options, terminal), options, terminal);
  });
}
