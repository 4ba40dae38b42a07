import type { Command } from 'commander';
import type { DangerId } from '../../replication/dangers';
import type { Terminal } from '../terminal';
import { accepting } from './accept';
import { type LiveCommandOptions, live } from './options';

interface CutoverOptions extends LiveCommandOptions {
  readonly accept: readonly DangerId[];
}

interface ReverseOptions extends CutoverOptions {
  readonly discard: boolean;
  readonly linkAddress?: string;
}

export function addCutover(program: Command, terminal: Terminal): void {
  const command = live(program.command('cutover'), {
    summary: 'move the work to the replica: wait until it is equal, stop, make its queue an origin',
    queue: 'the queue',
    origin: 'the broker that has the original queue',
    replica: 'the broker that has the replica, and gets the work',
  });
  accepting(command, 'cutover').action(async (queues: string[], options: CutoverOptions) => {
    const [{ pairsFrom }, { cutoverCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/cutover'),
    ]);
    process.exitCode = await cutoverCommand(pairsFrom(queues, options, terminal), options, terminal);
  });
}

export function addReverse(program: Command, terminal: Terminal): void {
  const command = live(program.command('reverse'), {
    summary: 'move the work to the replica, and replicate from there to the former origin',
    queue: 'the queue',
    origin: 'the broker that has the original queue, and gets the replica',
    replica: 'the broker that has the replica, and gets the work',
  })
    .option(
      '--discard',
      'delete what the former origin holds instead of moving it to a queue of its own',
      false,
    )
    .option(
      '--link-address <address>',
      'how the former origin reaches the former replica, if not at --replica',
    );
  accepting(command, 'reverse').action(async (queues: string[], options: ReverseOptions) => {
    const [{ pairsFrom }, { reverseCommand }] = await Promise.all([
      import('../live/targets'),
      import('../live/cutover'),
    ]);
    process.exitCode = await reverseCommand(pairsFrom(queues, options, terminal), options, terminal);
  });
}
