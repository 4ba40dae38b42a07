import type { Command } from 'commander';
import type { ImportFlags } from '../import/command';
import type { Terminal } from '../terminal';
import { collect, connecting } from './options';

export function addImport(program: Command, terminal: Terminal): void {
  connecting(program.command('import'))
    .summary('write a manifest of what is replicated already')
    .description(
      'Writes a manifest of what brokers replicate now, or of what a shell script starts with qpid-config and qpid-ha.\n' +
        'Changes nothing on the brokers. What cannot be imported is told, and stands in the manifest as a comment.',
    )
    .option(
      '--broker <address>',
      'a broker to ask, or all members of a cluster; NAME=ADDRESS gives it a name; repeatable',
      collect,
      [],
    )
    .option(
      '--script <file>',
      'a shell script that calls qpid-config and qpid-ha, or - for standard input; it is read, never run; repeatable',
      collect,
      [],
    )
    .option(
      '--set <name=value>',
      'with --script: a variable that the script does not set itself, or an argument of it, 1=VALUE; repeatable',
      collect,
      [],
    )
    .option('-o, --out <file>', 'write this file, which must not be there already; else it is printed')
    .action(async (options: ImportFlags) => {
      const { importCommand } = await import('../import/command');
      process.exitCode = await importCommand(options, terminal);
    });
}
