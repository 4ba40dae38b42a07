import type { Command } from 'commander';
import type { LiveOptions } from '../live/replications';
import type { Terminal } from '../terminal';
import { collect, connecting } from './options';

/** The commands of the broker's own tools, letter for letter with our name in front. */
export function addSeedCommands(program: Command, terminal: Terminal): void {
  connecting(program.command('replicate'))
    .summary('as "qpid-ha replicate": start replicating into an existing queue')
    .description(
      'Starts replicating into an existing, empty queue. The arguments are those of "qpid-ha replicate".',
    )
    .argument('<origin>', 'address of the broker that has the original queue')
    .argument('<queue>', 'the queue')
    .option('-b, --broker <address>', 'the replica broker', 'localhost:5672')
    .action(async (origin: string, queue: string, options: { broker: string } & LiveOptions) => {
      const { replicateCommand } = await import('../live/replicate');
      process.exitCode = await replicateCommand(origin, queue, options, terminal);
    });
  connecting(program.command('add'))
    .summary('as "qpid-config add queue": create a queue, or start a new replica')
    .description('Creates a queue. The arguments are those of "qpid-config add queue".')
    .argument('<type>', '"queue"')
    .argument('<name>', 'the queue')
    .option('-b, --broker <address>', 'the broker', 'localhost:5672')
    .option('--start-replica <address>', 'replicate the queue of that name from this broker')
    .option('--durable', 'the queue outlives a restart of its broker')
    .option(
      '--argument <name=value>',
      'a queue argument, such as qpid.max_count=1000; repeatable',
      collect,
      [],
    )
    .action(async (type: string, name: string, options) => {
      const { addQueueCommand } = await import('../live/add-queue');
      process.exitCode = await addQueueCommand(type, name, options, terminal);
    });
}
