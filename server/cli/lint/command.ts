import { type LintReport, lintReport } from '../../lint/lint-report';
import { nodeFileSystem } from '../../project/node-file-system';
import { openProject } from '../../project/open-project';
import { visible } from '../../report/visible';
import { type Severity, severityRank } from '../../text/finding';
import { type ExitCode, exitCode } from '../exit-code';
import type { BaselineOptions, OpenedBaseline } from './baseline';
import { configurationFaults } from './configuration';
import { fixed } from './fixing';
import { inputsOf, type Unusable } from './inputs';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';
import { print } from './output';

/** `qpidha lint`: checks files, alone and together. Never throws. */
export async function lintCommand(options: LintCommandOptions): Promise<ExitCode> {
  try {
    return await run(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.stderr(`qpidha lint: a fault of qpidha itself: ${visible(reason)}\n`);
    return exitCode.internal;
  }
}

async function run(options: LintCommandOptions): Promise<ExitCode> {
  const { stderr } = options;
  const inputs = inputsOf(options);
  if ('faults' in inputs) {
    for (const line of inputs.faults) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  const baseline = options.baseline && (await open(options.baseline, options.cwd));
  if (baseline !== undefined && 'faults' in baseline) {
    for (const line of baseline.faults) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  const project =
    options.fix === true
      ? fixed(inputs, options)
      : openProject(nodeFileSystem, inputs.entries, undefined, inputs.choice);
  if (project === undefined) return exitCode.usage;
  if (project.subjects.size === 0) {
    stderr(`qpidha lint: nothing to check in ${inputs.paths.map(visible).join(', ')}: ${expected}\n`);
    return exitCode.usage;
  }
  if (!project.complete)
    stderr(`qpidha lint: too many files: only the first ${project.subjects.size} were checked.\n`);
  const found = lintReport(project);
  const { report, outcome } =
    baseline === undefined
      ? { report: found, outcome: 'done' as const }
      : (await import('./baseline')).holdAgainst(baseline, found, project, inputs.entries, stderr);
  const isWritten = (await print(report, project, options)) && outcome !== 'not-written';
  const wrong = configurationFaults(report.findings, namesFrom(options.cwd));
  for (const line of wrong) stderr(`qpidha lint: ${line}\n`);
  if (wrong.length > 0) return exitCode.usage;
  if (!isWritten) return exitCode.usage;
  return outcome === 'stale' || failed(report, options.failOn) ? exitCode.findings : exitCode.ok;
}

/** Loaded where there is one: most runs have none. */
async function open(options: BaselineOptions, cwd: string): Promise<OpenedBaseline | Unusable> {
  const { openBaseline } = await import('./baseline');
  return openBaseline(options, cwd);
}

const expected =
  'no qpidd.conf, qpidd*.conf or *.qpidd.conf, and no manifest *.qpid.yaml, *.qpid.yml or *.qpid.json.';

function failed({ findings }: LintReport, failOn: Severity | 'never'): boolean {
  return (
    failOn !== 'never' && findings.some(({ severity }) => severityRank[severity] <= severityRank[failOn])
  );
}
