import { type Command, Option } from 'commander';
import type { Terminal } from '../terminal';

interface LintOptions {
  readonly format: 'text' | 'json';
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly fix?: true;
}

export function addLint(program: Command, terminal: Terminal): void {
  program
    .command('lint')
    .summary('check qpidd.conf files and replica manifests')
    .description(
      'Checks qpidd.conf files and replica manifests, each alone and together. Talks to no broker.',
    )
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--format <format>', 'how to print the findings').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings at or above it')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--fix', 'apply the fixes that are certain')
    .action(async (paths: string[], options: LintOptions) => {
      const { lintCommand } = await import('../lint/command');
      process.exitCode = await lintCommand({
        paths,
        format: options.format,
        failOn: options.failOn,
        fix: options.fix === true,
        color: terminal.outColors.isColorSupported,
        cwd: terminal.cwd,
        stdout: terminal.out,
        stderr: terminal.say,
      });
    });
}
