import { appendFileSync, existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import picocolors from 'picocolors';
import { version } from '../../../package.json';
import type { FingerprintOf } from '../../lint/checked';
import type { LintReport } from '../../lint/lint-report';
import { uriOfPath } from '../../project/uris';
import type { ReportContext } from '../../report/context';
import { type FormatName, formatOf } from '../../report/formats';
import { visible } from '../../report/visible';
import { writeFault } from '../write-fault';
import { namesFrom, pathsFrom } from './names';
import type { LintCommandOptions } from './options';
import { type FileOutput, standardError } from './outputs';
import { repositoryRoot } from './repository';
import { writeOutput } from './write-output';

/**
 * Writes the report wherever it is wanted. Where one file cannot be written, that is said, and the others still are.
 *
 * @returns false where something could not be written.
 */
export async function print(
  report: LintReport,
  fingerprints: () => Promise<FingerprintOf>,
  options: LintCommandOptions,
): Promise<boolean> {
  const { format, files = [], color, cwd, stdout, stderr } = options;
  const formats = [...(format === undefined ? [] : [format]), ...files.map((file) => file.format)];
  const context = await contextOf(fingerprints, options, formats);
  let isComplete = true;
  for (const file of files) {
    const text = await reportAs(file.format, report, context);
    const fault = isInput(file, report, cwd) ? 'it is checked itself' : write(file, text, options);
    if (fault === undefined) continue;
    stderr(`qpidha lint: ${visible(file.path)} cannot be written: ${fault}.\n`);
    isComplete = false;
  }
  if (formats.includes('github')) await summarize(report, context, options);
  if (formats.includes('sarif')) {
    const { sarifOmission } = await import('../../report/sarif');
    const omission = sarifOmission(report, context);
    if (omission !== undefined) stderr(`qpidha lint: ${omission}\n`);
  }
  if (format !== undefined) {
    const colors = { ...picocolors.createColors(color), ...(options.link && { link: options.link }) };
    stdout(await reportAs(format, report, { ...context, colors }));
  }
  return isComplete;
}

async function reportAs(format: FormatName, report: LintReport, context: ReportContext): Promise<string> {
  const print = await formatOf(format).load();
  return print(report, context);
}

function write({ path }: FileOutput, text: string, { cwd, stderr }: LintCommandOptions): string | undefined {
  if (!standardError.has(path)) return writeOutput(resolve(cwd, path), text);
  stderr(text);
  return undefined;
}

/** A report in place of a configuration would be a nasty surprise. */
function isInput({ path }: FileOutput, { documents }: LintReport, cwd: string): boolean {
  const full = resolve(cwd, path);
  return documents.has(uriOfPath(full)) || (existsSync(full) && documents.has(uriOfPath(realpathSync(full))));
}

async function contextOf(
  fingerprints: () => Promise<FingerprintOf>,
  { cwd, failOn, environment = {} }: LintCommandOptions,
  formats: readonly FormatName[],
): Promise<ReportContext> {
  const root = repositoryRoot(cwd, environment);
  const isNeeded = formats.some((format) => formatOf(format).fingerprints);
  return {
    nameOf: namesFrom(cwd),
    pathOf: pathsFrom(root),
    root: uriOfPath(root),
    fingerprintOf: isNeeded ? await fingerprints() : () => '',
    failOn,
    version,
    colors: picocolors.createColors(false),
    onGitHub: environment.GITHUB_ACTIONS === 'true',
  };
}

/** Adds to the summary of the step of a GitHub workflow. It is extra: without it all is in the log. */
async function summarize(
  report: LintReport,
  context: ReportContext,
  { stderr, environment }: LintCommandOptions,
): Promise<void> {
  const path = environment?.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const { githubSummary, summaryLimit } = await import('../../report/github-summary');
  try {
    const used = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(path, githubSummary(report, context, summaryLimit - used));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    stderr(`qpidha lint: the summary of the step cannot be written: ${writeFault(code)}.\n`);
  }
}
