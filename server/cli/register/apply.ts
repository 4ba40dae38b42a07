import type { Command } from 'commander';
import type { ApplyOptions } from '../live/apply';
import type { PlanOptions } from '../live/plan-request';
import type { Terminal } from '../terminal';
import { planned } from './plan';

export function addApply(program: Command, terminal: Terminal): void {
  planned(program.command('apply'))
    .summary('make a manifest true, or carry a saved plan out')
    .description(
      'Starts and stops what the manifest asks for, and reports every step. A saved plan is refused when the world\n' +
        'has changed since it was made. Nothing is begun while the plan holds a danger that is not accepted.',
    )
    .argument('[plan-or-queues...]', 'a saved plan; with --manifest: only these queues')
    .option('--prune', 'stop what no manifest wants, and nothing else of it', false)
    .option('--rebuild', 'move the old content of a replica aside where a start needs an empty queue', false)
    .option('--json', 'print one JSON document a line, as it happens', false)
    .action(async (names: string[], options: PlanOptions & ApplyOptions) => {
      const [{ planRequestFrom }, { applyCommand, savedPlanFrom }, { UsageError }] = await Promise.all([
        import('../live/plan-request'),
        import('../live/apply'),
        import('../exit-code'),
      ]);
      const [file] = names;
      if (options.manifest.length === 0 && (file === undefined || names.length > 1)) {
        throw new UsageError('Apply what?', 'Name a saved plan, or --manifest FILE.');
      }
      const source =
        options.manifest.length === 0 && file !== undefined
          ? savedPlanFrom(file, terminal)
          : { request: planRequestFrom(names, options, terminal) };
      process.exitCode = await applyCommand(source, options, terminal);
    });
}
