import type { Command } from 'commander';
import type { ImportFlags } from '../import/command';
import type { Terminal } from '../terminal';
import { collect, connecting } from './options';

export function addImport(program: Command, terminal: Terminal): void {
  connecting(program.command('import'))
    .summary('write a manifest of what is replicated already')
    .description(
      'Writes a manifest of what brokers replicate now. Changes nothing on them. What cannot be imported is told, and\n' +
        'stands in the manifest as a comment. Exit codes: 0 all is imported; 1 something was seen that needs attention;\n' +
        '2 a broker cannot be asked, or the file cannot be written.',
    )
    .option(
      '--broker <address>',
      'a broker to ask, or all members of a cluster; NAME=ADDRESS gives it a name; repeatable',
      collect,
      [],
    )
    .option('-o, --out <file>', 'write this file, which must not be there already; else it is printed')
    .action(async (options: ImportFlags) => {
      const { importCommand } = await import('../import/command');
      process.exitCode = await importCommand(options, terminal);
    });
}
