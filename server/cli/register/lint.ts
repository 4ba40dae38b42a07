import { type Command, Option } from 'commander';
import { formatNames } from '../../report/formats';
import type { CacheOptions, LintCommandOptions } from '../lint/options';
import { addOutput, type Outputs, usualFormat } from '../lint/outputs';
import type { Terminal } from '../terminal';
import { addBaselineOptions, type BaselineFlags, baselineFrom } from './lint-baseline';

interface LintOptions extends BaselineFlags {
  readonly format?: Outputs;
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly fix?: true;
  readonly dryRun?: true;
  readonly inlineConfig: boolean;
  readonly stdinFilename?: string;
  readonly gitignore: boolean;
  readonly listFiles?: true;
  readonly verbose?: true;
  readonly watch?: true;
  readonly cache?: true;
  readonly cacheLocation?: string;
  readonly config?: string | boolean;
  readonly rule?: readonly string[];
  readonly printConfig?: string;
}

export function addLint(program: Command, terminal: Terminal): void {
  const command = program
    .command('lint')
    .summary('check qpidd.conf files and replica manifests')
    .description(
      'Checks qpidd.conf files and replica manifests, each alone and together. Talks to no broker.',
    )
    .argument('[paths...]', 'files, folders and patterns; "-" is the standard input', ['.'])
    .option('--stdin-filename <path>', 'the file for which the standard input stands')
    .option('--no-gitignore', 'check also what git ignores')
    .option('--list-files', 'check nothing; print the files that would be checked')
    .option('--verbose', 'with --list-files: print also why')
    .addOption(
      new Option(
        '--format <name[=file]>',
        'how to report; may be given several times, all but one with a file',
      )
        .choices(formatNames)
        .argParser(addOutput),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings at or above it')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--fix', 'apply the fixes that are certain')
    .option('--dry-run', 'with --fix: change nothing, and print the changes as a patch instead of a report')
    .option('--no-inline-config', 'let comments in the files hide nothing')
    .option('--config <file>', 'the project configuration for all files, instead of those in their folders')
    .option('--no-config', 'look for no project configuration')
    .addOption(
      new Option(
        '--rule <id=level>',
        'the level of a rule or of an area; may be given several times',
      ).argParser((rule: string, others: readonly string[] = []) => [...others, rule]),
    )
    .option('--print-config <file>', 'check nothing; print what is configured for a file, as JSON')
    .option(
      '--cache',
      'keep the result, and take it where nothing has changed since; not with --fix or --watch',
    )
    .option('--cache-location <folder>', 'the same, in this folder')
    .option('--watch', 'check again with each change, until Ctrl-C')
    .action(async (paths: string[], options: LintOptions) => {
      const configuration = {
        ...(options.config !== undefined && options.config !== true && { config: options.config }),
        ...(options.rule !== undefined && { rules: options.rule }),
        cwd: terminal.cwd,
        stdout: terminal.out,
        stderr: terminal.say,
      };
      if (options.printConfig !== undefined) {
        const { printConfig } = await import('../lint/print-config');
        process.exitCode = await printConfig({ ...configuration, file: options.printConfig });
        return;
      }
      const baseline = baselineFrom(options);
      const wanted: LintCommandOptions = {
        paths,
        ...(options.stdinFilename !== undefined && { stdinFilename: options.stdinFilename }),
        gitIgnore: options.gitignore,
        ...(options.listFiles && { listFiles: options.verbose ? 'reasons' : 'names' }),
        ...(options.format ?? { format: usualFormat(terminal.environment) }),
        environment: terminal.environment,
        failOn: options.failOn,
        fix: options.fix === true,
        dryRun: options.dryRun === true,
        inlineConfig: options.inlineConfig,
        stdoutBytes: (bytes) => void process.stdout.write(bytes),
        ...(baseline && { baseline }),
        ...(isCached(options) && { keeps: cacheFrom(options) }),
        color: terminal.outColors.isColorSupported,
        link: terminal.outLink,
        ...configuration,
      };
      if (options.watch) {
        const { watchUntilSignal } = await import('../lint/watch/until-signal');
        process.exitCode = await watchUntilSignal(wanted, terminal.outWidth !== undefined);
        return;
      }
      const { lintCommand } = await import('../lint/command');
      process.exitCode = await lintCommand(wanted);
    });
  addBaselineOptions(command);
}

function isCached({ cache, cacheLocation }: LintOptions): boolean {
  return cache === true || cacheLocation !== undefined;
}

function cacheFrom({ cacheLocation }: LintOptions): CacheOptions {
  return cacheLocation === undefined ? {} : { folder: cacheLocation };
}
