import type { Command } from 'commander';
import type { PlanOptions } from '../live/plan-request';
import type { WatchOptions } from '../live/watch';
import type { Terminal } from '../terminal';
import { seconds } from './options';
import { planned } from './plan';

export function addWatch(program: Command, terminal: Terminal): void {
  planned(program.command('watch'))
    .summary('follow the replications of a manifest, and tell what changes')
    .description(
      'Follows the events of all brokers of a manifest, and looks at them now and then, until Ctrl-C. Tells each change\n' +
        'once, with the next command to type. Brokers that go away are waited for, and a manifest that is edited is read again.',
    )
    .argument('[queues...]', 'only these queues')
    .option('--interval <seconds>', 'between two looks while no broker tells of anything', seconds, 2)
    .option('--heal', 'start again what the manifest wants and what does not run', false)
    .option('--rebuild', 'with --heal: move the old content of a replica aside where that is needed', false)
    .option('--json', 'print one JSON document a line', false)
    .action(async (queues: string[], options: PlanOptions & WatchOptions) => {
      const [{ planRequestFrom }, { watchCommand }] = await Promise.all([
        import('../live/plan-request'),
        import('../live/watch'),
      ]);
      const { manifest: files } = options;
      const read = () => planRequestFrom(queues, { manifest: files, prune: false }, terminal);
      process.exitCode = await watchCommand({ files, read }, options, terminal);
    });
}
