import { version } from '../../../package.json';
import { nodeFileSystem } from '../../project/node-file-system';
import { visible } from '../../report/visible';
import { loadTestFormat, type TestFormatName } from '../../scenario/formats';
import { countTests, type TestReport } from '../../scenario/result';
import { runTests } from '../../scenario/run';
import { type ExitCode, exitCode, UsageError } from '../exit-code';
import { namesFrom } from '../lint/names';
import type { Terminal } from '../terminal';
import { testFiles } from './inputs';

export interface TestCommandOptions {
  readonly format: TestFormatName;
  /** A part of the names of the tests that are run, in whatever case. */
  readonly filter?: string;
}

/** `qpidha test`: holds what a repository expects of its brokers' files. Throws `UsageError`. */
export async function testCommand(
  paths: readonly string[],
  { format, filter }: TestCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const sources = testFiles(nodeFileSystem, paths, terminal.cwd);
  const part = filter?.toLowerCase() ?? '';
  const report = runTests(nodeFileSystem, sources, (name) => name.toLowerCase().includes(part));
  const { passed, failed } = countTests(report);
  const isBroken = report.files.some(({ problems }) => problems.length > 0);
  if (passed + failed === 0 && !isBroken)
    throw new UsageError(`No test has ${JSON.stringify(visible(filter ?? ''))} in its name.`);
  terminal.out(await printed(report, format, terminal));
  if (isBroken) return exitCode.usage;
  return failed > 0 ? exitCode.findings : exitCode.ok;
}

async function printed(report: TestReport, format: TestFormatName, terminal: Terminal): Promise<string> {
  const print = await loadTestFormat(format);
  return print(report, { nameOf: namesFrom(terminal.cwd), colors: terminal.outColors, version });
}
