import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { headLength, languageByContent, mayTell } from './by-content';
import {
  type FileContent,
  type FileSystem,
  type FolderEntry,
  maximumBytes,
  type Permissions,
  type Recognised,
} from './file-system';
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
  permissions(uri) {
    const path = pathOfUri(uri);
    // Windows has other permissions, and no bits that tell of them.
    if (path === undefined || process.platform === 'win32') return undefined;
    try {
      return permissionsOf(realpathSync(path));
    } catch {
      return undefined;
    }
  },
  recognise(uri) {
    const path = pathOfUri(uri);
    if (path === undefined || !mayTell(basename(path))) return undefined;
    try {
      return recognisePath(path);
    } catch {
      return undefined;
    }
  },
  isClosed(folder) {
    const path = pathOfUri(folder);
    try {
      if (path === undefined || !statSync(path).isDirectory()) return false;
    } catch {
      return false;
    }
    try {
      accessSync(path, constants.R_OK | constants.X_OK);
      return false;
    } catch {
      return true;
    }
  },
};

const others = { read: 0o004, enter: 0o001 } as const;

function permissionsOf(path: string): Permissions | undefined {
  const file = statSync(path);
  if (!file.isFile()) return undefined;
  return {
    mode: file.mode & 0o7777,
    forEveryone: (file.mode & others.read) !== 0 && everyoneMayEnter(dirname(path)),
  };
}

function everyoneMayEnter(folder: string): boolean {
  if ((statSync(folder).mode & others.enter) === 0) return false;
  const above = dirname(folder);
  return above === folder || everyoneMayEnter(above);
}

function readPath(path: string): FileContent {
  // Looked at before it is opened: opening a pipe waits for its other end.
  const before = statSync(path);
  if (before.isDirectory()) return { kind: 'unreadable', reason: 'folder' };
  if (!before.isFile()) return { kind: 'unreadable', reason: 'no-file' };
  const file = openSync(path, withoutWaiting);
  try {
    const now = fstatSync(file);
    if (!now.isFile()) return { kind: 'unreadable', reason: 'no-file' };
    if (now.size > maximumBytes) return { kind: 'unreadable', reason: 'too-large' };
    return { kind: 'bytes', bytes: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

/** Something else may have taken the place of what was looked at. Windows has no such flag. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reading some files of size 0 never ends: such are the kernel's own, as `/proc/kmsg`. */
function recognisePath(path: string): Recognised | undefined {
  const file = openSync(path, withoutWaiting);
  try {
    const now = fstatSync(file);
    const { size } = now;
    if (size === 0 || !now.isFile()) return undefined;
    const buffer = Buffer.allocUnsafe(Math.min(size, headLength));
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
    const whole = size <= headLength && bytes.length === size;
    const language = languageByContent(path, { bytes, whole });
    if (language === undefined) return undefined;
    return whole ? { language, content: { kind: 'bytes', bytes } } : { language };
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
    if (entry.name.includes('\uFFFD') && isGone(join(path, entry.name)))
      return [{ name: entry.name, kind: 'unnameable' }];
    if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
    const isFile = entry.isFile() || (entry.isSymbolicLink() && leadsToFile(join(path, entry.name)));
    return isFile ? [{ name: entry.name, kind: 'file' }] : [];
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Not to be found again under the name that was made of its bytes. */
function isGone(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

/** Of links that lead round in circles it is an error to ask where they lead. */
function leadsToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
