import { type Command, Option } from 'commander';
import type { TestCommandOptions } from '../scenario/command';
import type { Terminal } from '../terminal';

export function addTest(program: Command, terminal: Terminal): void {
  program
    .command('test')
    .summary("run a repository's tests of its brokers' files")
    .description(
      'Runs tests of qpidd.conf files: what would a broker do, and the linter find, if a file, the environment or the\n' +
        'command line were different? Writes nothing, and talks to no broker.',
    )
    .argument('[files...]', 'files of tests, and folders and patterns that hold *.qpid-test.yaml', ['.'])
    .addOption(
      new Option('--format <name>', 'how to report')
        .choices(['text', 'compact', 'json', 'junit'])
        .default('text'),
    )
    .option('--filter <text>', 'run only tests that have this in their names')
    .action(async (files: string[], options: TestCommandOptions) => {
      const { testCommand } = await import('../scenario/command');
      process.exitCode = await testCommand(files, options, terminal);
    });
}
