import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { type LiveCommandOptions, live } from './options';

export function addVerify(program: Command, terminal: Terminal): void {
  live(program.command('verify'), {
    summary: 'compare origin and replica message by message',
    queue: 'the queue',
    origin: 'the broker that has the original queue',
    replica: 'the broker that has the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ pairsFrom }, { verifyCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/verify'),
    ]);
    process.exitCode = await verifyCommand(pairsFrom(queues, options, terminal), options, terminal);
  });
}
