import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import picocolors from 'picocolors';
import { fixProject } from '../lint/fix';
import { type LintReport, lintReport } from '../lint/lint-report';
import { nodeFileSystem } from '../project/node-file-system';
import { openProject, type ProjectEntry } from '../project/open-project';
import type { Project, UnreadFile } from '../project/project';
import { pathOfUri, uriOfPath } from '../project/uris';
import { jsonReport } from '../report/json';
import type { NameOf } from '../report/place';
import { textReport } from '../report/text';
import { visible } from '../report/visible';
import type { DocumentUri } from '../text/document';
import { type Severity, severityRank } from '../text/finding';
import { type ExitCode, exitCode } from './exit-code';
import { writeFixed } from './write-fixed';

export interface LintCommandOptions {
  /** Files and folders; none stands for the current folder. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  /** The gravest findings that still leave the exit code at 0 lie below this. */
  readonly failOn: Severity | 'never';
  readonly fix?: boolean;
  readonly color: boolean;
  readonly cwd: string;
  /** The report, and nothing else. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** `qpidha lint`: checks files, alone and together. Never throws. */
export async function lintCommand(options: LintCommandOptions): Promise<ExitCode> {
  try {
    return run(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.stderr(`qpidha lint: a fault of qpidha itself: ${visible(reason)}\n`);
    return exitCode.internal;
  }
}

function run(options: LintCommandOptions): ExitCode {
  const { cwd, stderr } = options;
  const paths = options.paths.length === 0 ? ['.'] : options.paths;
  const entries = paths.map((path): ProjectEntry => ({ uri: uriOfPath(resolve(cwd, path)) }));
  const unusable = paths.flatMap((path, index) => complaint(path, entries[index]?.uri ?? ''));
  if (unusable.length > 0) {
    for (const line of unusable) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  const project =
    options.fix === true ? fixed(entries, paths, options) : openProject(nodeFileSystem, entries);
  if (project === undefined) return exitCode.usage;
  if (project.subjects.size === 0) {
    stderr(`qpidha lint: nothing to check in ${paths.map(visible).join(', ')}: ${expected}\n`);
    return exitCode.usage;
  }
  if (!project.complete)
    stderr(`qpidha lint: too many files: only the first ${project.subjects.size} were checked.\n`);
  const report = lintReport(project);
  options.stdout(print(report, options));
  return failed(report, options.failOn) ? exitCode.findings : exitCode.ok;
}

const expected =
  'no qpidd.conf, qpidd*.conf or *.qpidd.conf, and no manifest *.qpid.yaml, *.qpid.yml or *.qpid.json.';

/** Why a path of the command line cannot be used; nothing where it can. A file too large to check is a finding. */
function complaint(path: string, uri: DocumentUri): readonly string[] {
  const content = nodeFileSystem.read(uri);
  switch (content.kind) {
    case 'missing':
      return [`${visible(path)} does not exist.`];
    case 'unreadable':
      return unreadable(path, content.reason);
    case 'bytes':
    case 'document':
      return [];
  }
}

function unreadable(path: string, reason: UnreadFile['reason']): readonly string[] {
  switch (reason) {
    case 'folder':
    case 'too-large':
      return [];
    case 'permission':
      return [`${visible(path)} may not be read: its permissions forbid it.`];
    case 'no-file':
      return [`${visible(path)} is no plain file.`];
    case 'missing':
    case 'failed':
      return [`${visible(path)} cannot be read.`];
  }
}

/** The project after its fixes are written; `undefined` where a file could not be written. */
function fixed(
  entries: readonly ProjectEntry[],
  paths: readonly string[],
  { cwd, stderr }: LintCommandOptions,
): Project | undefined {
  // A manifest can name any file of the machine: only what lies beside what was named may be changed.
  const roots = [cwd, ...paths.map((path) => folderOf(resolve(cwd, path)))];
  const { changed, applied, project } = fixProject({
    files: nodeFileSystem,
    entries,
    mayChange: (uri) => roots.some((root) => isInside(root, pathOfUri(uri))),
  });
  const nameOf = namesFrom(cwd);
  const failures = [...changed.values()].flatMap((source) => {
    const failure = writeFixed(source);
    return failure === undefined ? [] : [`${visible(nameOf(source.uri))} cannot be written: ${failure}.`];
  });
  for (const line of failures) stderr(`qpidha lint: ${line}\n`);
  if (failures.length > 0) return undefined;
  if (applied > 0)
    stderr(
      `Applied ${applied} ${applied === 1 ? 'fix' : 'fixes'} in ${[...changed.keys()].map(nameOf).map(visible).join(', ')}.\n`,
    );
  return project;
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : resolve(path, '..');
}

function isInside(folder: string, path: string | undefined): boolean {
  if (path === undefined) return false;
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && resolve(folder, way) === path;
}

function print(report: LintReport, { format, cwd, color }: LintCommandOptions): string {
  const nameOf = namesFrom(cwd);
  switch (format) {
    case 'json':
      return jsonReport(report, nameOf);
    case 'text':
      return textReport(report, nameOf, picocolors.createColors(color));
  }
}

/** The shorter of the path from `cwd` and the absolute path, with `/` on every system. */
function namesFrom(cwd: string): NameOf {
  return (uri) => {
    const path = pathOfUri(uri);
    if (path === undefined) return uri;
    const way = relative(cwd, path);
    return (way.length < path.length ? way : path).replaceAll(
      '\\',
      process.platform === 'win32' ? '/' : '\\',
    );
  };
}

function failed({ findings }: LintReport, failOn: Severity | 'never'): boolean {
  return (
    failOn !== 'never' && findings.some(({ severity }) => severityRank[severity] <= severityRank[failOn])
  );
}
