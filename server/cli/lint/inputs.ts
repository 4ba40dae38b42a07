import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfigurationChoice } from '../../project/configurations';
import type { FileSystem } from '../../project/file-system';
import { nodeFileSystem } from '../../project/node-file-system';
import type { ProjectEntry } from '../../project/open-project';
import { projectRoot } from '../../project/project-root';
import { folderOf, pathBelow, pathOfUri, uriOfPath } from '../../project/uris';
import { visible } from '../../report/visible';
import type { DocumentUri } from '../../text/document';
import { choiceFrom } from './configuration';
import { filesMatching, isGlob } from './globs';
import type { LintCommandOptions } from './options';
import {
  languageOfInput,
  readStandardInput,
  type StandardInput,
  standardInputName,
  withStandardInput,
} from './stdin';
import type { Unusable } from './unusable';

/** What a run is asked to check. */
export interface Inputs {
  /** The files of this machine, with what came through the standard input. */
  readonly files: FileSystem;
  readonly entries: readonly ProjectEntry[];
  /** As the user wrote them. */
  readonly paths: readonly string[];
  /** Which project configuration counts. */
  readonly choice: ConfigurationChoice;
  /** Whether a file may be changed: one that was named, or that lies in the current or in a named folder. */
  mayChange(uri: DocumentUri): boolean;
}

export async function inputsOf(options: LintCommandOptions): Promise<Inputs | Unusable> {
  const { paths: given, cwd } = options;
  const paths = given.length === 0 ? ['.'] : given;
  const faults = [...misuse(options)];
  const uris = new Set<DocumentUri>();
  for (const path of paths.filter((argument) => argument !== '-')) {
    const expanded = expand(path, cwd);
    if (typeof expanded === 'string') faults.push(expanded);
    else for (const uri of expanded) uris.add(uri);
  }
  const choice = await choiceFrom(options);
  if ('faults' in choice) faults.push(...choice.faults);
  if (faults.length > 0 || 'faults' in choice) return { faults };
  const input = await standardInput(options);
  if (typeof input === 'string') return { faults: [input] };
  const disk = options.disk ?? nodeFileSystem;
  const files = input === undefined ? disk : withStandardInput(disk, input);
  const asked = [...uris].map((uri) => askedEntry(uri, options));
  const entries = [...asked, ...(input === undefined ? [] : [entryOf(input)])];
  return {
    files,
    entries: [...contextOf(files, entries, options), ...entries],
    paths: paths.map((path) => (path === '-' ? (options.stdinFilename ?? 'the standard input') : path)),
    choice,
    mayChange: changeable(entries, cwd),
  };
}

function misuse({ paths, stdinFilename, fix, dryRun, files = [] }: LintCommandOptions): readonly string[] {
  if (dryRun === true && fix !== true) return ['"--dry-run" shows what "--fix" would do: add that.'];
  if (dryRun === true && files.length > 0)
    return ['"--dry-run" prints a patch and writes no report: leave out the files of "--format".'];
  const reads = paths.includes('-');
  if (!reads && stdinFilename !== undefined)
    return ['"--stdin-filename" is the name of what is read with "-": add "-" to the arguments.'];
  if (reads && fix === true && dryRun !== true)
    return [
      '"--fix" has nowhere to write what it reads from the standard input: "--fix --dry-run" prints a diff.',
    ];
  return [];
}

/** The files and folders of one argument, or what is wrong with it. A file of that very name counts before a pattern. */
function expand(path: string, cwd: string): readonly DocumentUri[] | string {
  try {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute);
    if (stats.isFile()) accessSync(absolute, constants.R_OK);
    else if (!stats.isDirectory()) return `${visible(path)} is no plain file.`;
    return [uriOfPath(absolute)];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EACCES' || code === 'EPERM')
      return `${visible(path)} may not be read: its permissions forbid it.`;
    if (!isMissing(code)) return `${visible(path)} cannot be read.`;
    if (!isGlob(path)) return `${visible(path)} does not exist.`;
    const found = filesMatching(nodeFileSystem, path, cwd);
    return found.length > 0 ? found : `${visible(path)} fits no file.`;
  }
}

function isMissing(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

function askedEntry(uri: DocumentUri, { gitIgnore }: LintCommandOptions): ProjectEntry {
  const report = isFolder(uri) ? 'all' : 'itself';
  return { uri, report, ...(gitIgnore === undefined ? {} : { gitIgnore }) };
}

function entryOf(input: StandardInput): ProjectEntry {
  return { uri: input.uri, language: languageOfInput(input), report: 'itself' };
}

/** The projects to which what is asked for belongs: to be read, and not to be reported on. */
function contextOf(
  files: FileSystem,
  entries: readonly ProjectEntry[],
  { cwd, gitIgnore }: LintCommandOptions,
): readonly ProjectEntry[] {
  const here = uriOfPath(cwd);
  const ownRoot = projectRoot(files, here);
  const roots = entries.map(({ uri, report }) => {
    const isHere = uri === here || pathBelow(here, uri) !== undefined;
    if (isHere && ownRoot !== undefined) return ownRoot;
    return projectRoot(files, report === 'all' ? uri : folderOf(uri));
  });
  const asked = new Set(entries.filter(({ report }) => report === 'all').map(({ uri }) => uri));
  return [...new Set(roots)]
    .filter((root) => root !== undefined && !asked.has(root))
    .map((root) => ({
      uri: root ?? here,
      report: 'nothing' as const,
      ...(gitIgnore === undefined ? {} : { gitIgnore }),
    }));
}

/** What a manifest names may lie anywhere on the machine. */
function changeable(asked: readonly ProjectEntry[], cwd: string): (uri: DocumentUri) => boolean {
  const named = new Set(asked.map(({ uri }) => uri));
  const folders = asked.filter(({ report }) => report === 'all').map(({ uri }) => uri);
  const roots = folders.length === 0 ? [] : [uriOfPath(cwd), ...folders];
  return (uri) => named.has(uri) || roots.some((root) => pathBelow(root, uri) !== undefined);
}

function isFolder(uri: DocumentUri): boolean {
  return statSync(pathOfUri(uri) ?? '', { throwIfNoEntry: false })?.isDirectory() === true;
}

async function standardInput({
  paths,
  stdin,
  stdinFilename,
  cwd,
}: LintCommandOptions): Promise<StandardInput | string | undefined> {
  if (!paths.includes('-')) return undefined;
  const uri = uriOfPath(resolve(cwd, stdinFilename ?? standardInputName));
  if (isFolder(uri)) return `"--stdin-filename ${visible(stdinFilename ?? '')}" is a folder.`;
  try {
    return { uri, content: await readStandardInput(stdin?.() ?? process.stdin) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `The standard input cannot be read${code}.`;
  }
}
