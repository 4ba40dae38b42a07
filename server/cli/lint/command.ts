import type { Checked } from '../../lint/checked';
import type { LintReport } from '../../lint/lint-report';
import { visible } from '../../report/visible';
import { type Severity, severityRank } from '../../text/finding';
import { type ExitCode, exitCode } from '../exit-code';
import type { BaselineOptions, HeldAgainst, OpenedBaseline } from './baseline';
import { configurationFaults } from './configuration';
import { type Inputs, inputsOf } from './inputs';
import { leftOutOf } from './left-out';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';
import { print } from './output';
import type { Unusable } from './unusable';

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
  const inputs = await inputsOf(options);
  if ('faults' in inputs) {
    for (const line of inputs.faults) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  const baseline = options.baseline && (await open(options.baseline, options.cwd));
  if (baseline !== undefined && 'faults' in baseline) {
    for (const line of baseline.faults) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  if (options.listFiles !== undefined) return await list(inputs, options);
  const checked = await checkedNow(inputs, options);
  if (checked === undefined) return exitCode.usage;
  const { project } = checked;
  if (project.reported.size === 0) {
    stderr(`qpidha lint: nothing to check in ${inputs.paths.map(visible).join(', ')}: ${expected}\n`);
    return exitCode.usage;
  }
  for (const line of leftOutOf(project, namesFrom(options.cwd))) stderr(`qpidha lint: ${line}\n`);
  const { report, outcome } = await hold(baseline, checked, inputs, options);
  const isPrinted = options.dryRun === true || (await print(report, () => checked.fingerprints(), options));
  const wrong = configurationFaults(report.findings, namesFrom(options.cwd));
  for (const line of wrong) stderr(`qpidha lint: ${line}\n`);
  if (wrong.length > 0) return exitCode.usage;
  if (!isPrinted || outcome === 'not-written') return exitCode.usage;
  return outcome === 'stale' || failed(report, options.failOn) ? exitCode.findings : exitCode.ok;
}

/** What is left of a dry run is what `--fix` would leave. Undefined where fixes could not be written. */
async function checkedNow(inputs: Inputs, options: LintCommandOptions): Promise<Checked | undefined> {
  if (options.dryRun === true) {
    const [{ printFixes }, { checkedProject }] = await Promise.all([import('./dry-run'), import('./check')]);
    return checkedProject(printFixes(inputs, options).project, options);
  }
  if (options.fix === true) {
    const [{ fixed }, { checkedProject }] = await Promise.all([import('./fixing'), import('./check')]);
    const project = fixed(inputs, options);
    return project && checkedProject(project, options);
  }
  const check = async (now: Inputs, today?: string) => {
    const { checkedInputs } = await import('./check');
    return checkedInputs(now, options, today);
  };
  if (options.keeps === undefined) return check(inputs);
  const { cachedCheck } = await import('./cache/cached-check');
  return cachedCheck(inputs, options, options.keeps, check);
}

async function hold(
  baseline: OpenedBaseline | undefined,
  checked: Checked,
  { entries }: Inputs,
  { stderr }: LintCommandOptions,
): Promise<HeldAgainst> {
  if (baseline === undefined) return { report: checked.report, outcome: 'done' };
  const { holdAgainst } = await import('./baseline');
  return holdAgainst(baseline, checked, entries, stderr);
}

/** Loaded where there is one: most runs have none. */
async function open(options: BaselineOptions, cwd: string): Promise<OpenedBaseline | Unusable> {
  const { openBaseline } = await import('./baseline');
  return openBaseline(options, cwd);
}

async function list(
  { files, entries, choice }: Inputs,
  { cwd, listFiles, stdout, stderr }: LintCommandOptions,
): Promise<ExitCode> {
  const { openProject } = await import('../../project/open-project');
  const project = openProject(files, entries, undefined, choice);
  const { fileList } = await import('./list-files');
  for (const line of leftOutOf(project, namesFrom(cwd))) stderr(`qpidha lint: ${line}\n`);
  stdout(fileList(project, namesFrom(cwd), listFiles === 'reasons'));
  return exitCode.ok;
}

const expected =
  'no qpidd.conf or what reads like one, and no manifest, such as *.qpid.yaml, that git does not ignore.';

function failed({ findings }: LintReport, failOn: Severity | 'never'): boolean {
  return (
    failOn !== 'never' && findings.some(({ severity }) => severityRank[severity] <= severityRank[failOn])
  );
}
