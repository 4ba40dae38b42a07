import { homedir, tmpdir } from 'node:os';
import type { DocumentUri } from '../text/document';
import { namesIn } from './discover';
import type { FileSystem } from './file-system';
import { isConfigOfFolder } from './languages';
import { folderOf, pathOfUri } from './uris';

const maximumDepth = 64;

/**
 * The folder whose files are seen together with those of a folder: the outermost one at or above it that has a project
 * configuration, or else the root of its git work tree, or else the folder itself. Nothing is looked for above the root
 * of a work tree. Undefined where that would be a folder that holds much else.
 */
export function projectRoot(files: Pick<FileSystem, 'list'>, folder: DocumentUri): DocumentUri | undefined {
  let configured: DocumentUri | undefined;
  for (let next = folder, depth = 0; depth < maximumDepth && !isTooWide(next); depth += 1) {
    const entries = files.list(next);
    if (namesIn(entries, 'config').some(isConfigOfFolder)) configured = next;
    if (entries.some(({ name }) => name === '.git')) return configured ?? next;
    if (folderOf(next) === next) break;
    next = folderOf(next);
  }
  return configured ?? (isTooWide(folder) ? undefined : folder);
}

/** Folders of systems: who has a project there has it in a folder below. */
const systemFolder =
  /^\/(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|s?bin|srv|sys|tmp|usr|var|Users|Volumes)?$/;

/** A root of a file system, a home folder and those above it, and others that hold what belongs to no deployment. */
export function isTooWide(folder: DocumentUri): boolean {
  const path = pathOfUri(folder);
  if (path === undefined || folderOf(folder) === folder) return true;
  const home = homedir();
  return systemFolder.test(path) || path === tmpdir() || path === home || home.startsWith(`${path}/`);
}
