import { Argument, type Command } from 'commander';
import type { Terminal } from '../terminal';

export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .summary('print a script that completes commands in a shell')
    .description(
      'Prints a script that completes commands, options and their values, ids of rules and names of options of the\n' +
        'broker.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionCommand } = await import('../completion/command');
      process.exitCode = completionCommand(shell, program, terminal);
    });
}
