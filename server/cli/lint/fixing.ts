import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fixProject } from '../../lint/fix';
import { nodeFileSystem } from '../../project/node-file-system';
import type { Project } from '../../project/project';
import { pathOfUri } from '../../project/uris';
import { visible } from '../../report/visible';
import type { Inputs } from './inputs';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';
import { writeFixed } from './write-fixed';

/** The project after its fixes are written; `undefined` where a file could not be written. */
export function fixed(
  { entries, paths, choice }: Inputs,
  { cwd, stderr }: LintCommandOptions,
): Project | undefined {
  // A manifest can name any file of the machine: only what lies beside what was named may be changed.
  const roots = [cwd, ...paths.map((path) => folderOf(resolve(cwd, path)))];
  const { changed, applied, project } = fixProject({
    files: nodeFileSystem,
    entries,
    choice,
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
