import type { Command } from 'commander';
import type { Terminal } from '../terminal';

/** The commands that tell what the linter knows. */
export function addLearn(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .summary('explain rules, and options of the broker')
    .description(
      'Explains rules: why each matters, how that is known, and what is bad, good, and a cure. Explains options of the\n' +
        'broker, too, and lists the rules of an area.',
    )
    .argument('<names...>', 'ids of rules, names of options, or areas of rules')
    .option('--json', 'print one JSON document', false)
    .action(async (names: string[], options: { json: boolean }) => {
      const { explainCommand } = await import('../learn/explain');
      process.exitCode = explainCommand(names, options, terminal);
    });
  program
    .command('rules')
    .summary('list the rules')
    .description('Lists the rules: their ids, how grave their findings are, and what can be done about them.')
    .argument('[areas...]', 'only the rules of these areas, such as "ha"')
    .option('--json', 'print one JSON document', false)
    .action(async (names: string[], options: { json: boolean }) => {
      const { rulesCommand } = await import('../learn/rules');
      process.exitCode = rulesCommand(names, options, terminal);
    });
}
