import type { Command } from 'commander';
import type { Terminal } from '../terminal';

export function addInit(program: Command, terminal: Terminal): void {
  program
    .command('init')
    .summary('write a first configuration, and a manifest of the brokers that are there')
    .description(
      'Writes a first project configuration, and a manifest of the brokers whose qpidd.conf files it finds. Changes no\n' +
        'file that exists, and asks nothing.',
    )
    .argument('[folder]', 'the folder of the project', '.')
    .option('--dry-run', 'print what would be written, and write nothing', false)
    .action(async (folder: string, options: { dryRun: boolean }) => {
      const { initCommand } = await import('../init/command');
      process.exitCode = initCommand(folder, options, terminal);
    });
}
