import type { Command } from 'commander';
import type { PlanOptions } from '../live/plan-request';
import type { LiveOptions } from '../live/replications';
import type { Terminal } from '../terminal';
import { collect, connecting } from './options';

export function addPlan(program: Command, terminal: Terminal): void {
  planned(program.command('plan'))
    .summary('show what would have to be done to make a manifest true')
    .description(
      'Compares a manifest with what is observed on all its brokers, and shows every step with its reason and its\n' +
        'danger. Changes nothing.',
    )
    .argument('[queues...]', 'only these queues')
    .option('--prune', 'plan to stop what no manifest wants', false)
    .option('--out <file>', 'save the plan, for "qpidha apply FILE"')
    .option('--json', 'print the plan as JSON', false)
    .action(async (queues: string[], options: PlanOptions & LiveOptions & { out?: string }) => {
      const [{ planRequestFrom }, { planCommand }] = await Promise.all([
        import('../live/plan-request'),
        import('../live/plan'),
      ]);
      process.exitCode = await planCommand(planRequestFrom(queues, options, terminal), options, terminal);
    });
}

/** What the commands on a whole manifest have in common. */
export function planned(command: Command): Command {
  return connecting(command).option(
    '--manifest <file>',
    'a replica manifest; repeatable: what one of them wants is wanted',
    collect,
    [],
  );
}
