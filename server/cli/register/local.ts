import type { Command } from 'commander';
import type { Terminal } from '../terminal';
import { portNumber } from './options';

/** The commands that need no broker of the user's. */
export function addLocal(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .summary('from a broken configuration to a replicated queue, on two embedded brokers')
    .description(
      'Lints and mends an example, then replicates a queue between two embedded brokers. Needs no set-up.',
    )
    .action(async () => {
      const { demoCommand } = await import('../demo/demo');
      process.exitCode = await demoCommand(terminal);
    });
  program
    .command('broker')
    .summary('run an embedded broker in the foreground')
    .description(
      'Runs an embedded broker with the settings of a qpidd.conf, until Ctrl-C. For practice and tests.',
    )
    .requiredOption('--config <file>', 'the qpidd.conf')
    .option(
      '--port <number>',
      'listen there instead of at the port of the file; 0 takes a free one',
      portNumber,
    )
    .action(async (options: { config: string; port?: number }) => {
      const { brokerCommand } = await import('../demo/broker');
      process.exitCode = await brokerCommand(options, terminal);
    });
  program
    .command('lsp')
    .summary('run the language server')
    .description('Runs the language server, for any editor that speaks LSP.')
    .option('--stdio', 'speak on stdin and stdout (the default)')
    .action(async () => {
      const { serveOnStdio } = await import('../../lsp/stdio');
      await serveOnStdio();
    });
}
