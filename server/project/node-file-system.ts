import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FileContent, type FileSystem, type FolderEntry, maximumBytes } from './file-system';
import { pathOfUri } from './uris';

/** The files of this machine. Reads plain files only, and no more than `maximumBytes` of one. */
export const nodeFileSystem: FileSystem = {
  read(uri) {
    const path = pathOfUri(uri);
    if (path === undefined) return { kind: 'missing' };
    try {
      return readPath(path);
    } catch (error) {
      return failure(error);
    }
  },
  list(folder) {
    const path = pathOfUri(folder);
    try {
      return path === undefined ? [] : listPath(path);
    } catch {
      return [];
    }
  },
};

function readPath(path: string): FileContent {
  // Looked at before it is opened: opening a pipe waits for its other end.
  const before = statSync(path);
  if (before.isDirectory()) return { kind: 'unreadable', reason: 'folder' };
  if (!before.isFile()) return { kind: 'unreadable', reason: 'no-file' };
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size > maximumBytes) return { kind: 'unreadable', reason: 'too-large' };
    return { kind: 'bytes', bytes: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

function failure(error: unknown): FileContent {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return { kind: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreadable', reason: 'permission' };
    default:
      return { kind: 'unreadable', reason: 'failed' };
  }
}

/** Links to files count as files; links to folders are not followed, for they may lead round in circles. */
function listPath(path: string): readonly FolderEntry[] {
  const entries = readdirSync(path, { withFileTypes: true }).flatMap((entry): FolderEntry[] => {
    if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
    const isFile = entry.isFile() || (entry.isSymbolicLink() && leadsToFile(join(path, entry.name)));
    return isFile ? [{ name: entry.name, kind: 'file' }] : [];
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function leadsToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
