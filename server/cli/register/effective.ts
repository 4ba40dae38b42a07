import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { collect } from './options';

export function addEffective(program: Command, terminal: Terminal): void {
  program
    .command('effective')
    .summary('show what a broker would really run with, and where each value comes from')
    .description(
      'Shows the settings of a broker that reads a qpidd.conf, and where each comes from: the command line beats the\n' +
        'environment, which beats the file, which beats the default. Give the arguments of qpidd after "--".',
    )
    .argument('<file>', 'the qpidd.conf')
    .argument('[args...]', 'after "--": the arguments of qpidd; otherwise those of a systemd unit')
    .option(
      '--env <file>',
      'an EnvironmentFile or a systemd unit; "-" is the environment of this command; repeatable',
      collect,
      [],
    )
    .option('--json', 'print one JSON document', false)
    .action(async (file: string, args: string[], options: { env: string[]; json: boolean }) => {
      const { effectiveCommand } = await import('../effective');
      process.exitCode = effectiveCommand(file, args, options, terminal);
    });
}
