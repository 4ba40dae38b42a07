import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileSystem } from '../../project/file-system';
import { uriOfPath } from '../../project/uris';
import type { NameOf } from '../../report/place';
import { visible } from '../../report/visible';
import { findTestFiles } from '../../scenario/find';
import { type DocumentUri, documentFromBytes, type SourceDocument } from '../../text/document';
import { UsageError } from '../exit-code';
import { filesMatching, isGlob } from '../lint/globs';
import { namesFrom } from '../lint/names';

/** The files of tests that are meant by arguments: files whatever their names, folders and patterns. Throws `UsageError`. */
export function testFiles(
  files: FileSystem,
  paths: readonly string[],
  cwd: string,
): readonly SourceDocument[] {
  const uris = new Set(paths.flatMap((path) => expanded(files, path, cwd)));
  if (uris.size === 0) {
    const where = paths.map(visible).join(', ');
    throw new UsageError(`There are no tests in ${where}: no *.qpid-test.yaml that git does not ignore.`);
  }
  const nameOf = namesFrom(cwd);
  return [...uris].map((uri) => sourceOf(files, uri, nameOf));
}

function expanded(files: FileSystem, path: string, cwd: string): readonly DocumentUri[] {
  const absolute = resolve(cwd, path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return findTestFiles(files, uriOfPath(absolute));
  if (stats !== undefined) return [uriOfPath(absolute)];
  if (!isGlob(path)) throw new UsageError(`${visible(path)} does not exist.`);
  const found = filesMatching(files, path, cwd);
  if (found.length === 0) throw new UsageError(`${visible(path)} fits no file.`);
  return found.flatMap((uri) => (isFolder(files, uri) ? findTestFiles(files, uri) : [uri]));
}

function isFolder(files: FileSystem, uri: DocumentUri): boolean {
  const content = files.read(uri);
  return content.kind === 'unreadable' && content.reason === 'folder';
}

function sourceOf(files: FileSystem, uri: DocumentUri, nameOf: NameOf): SourceDocument {
  const content = files.read(uri);
  switch (content.kind) {
    case 'bytes':
      return documentFromBytes(uri, content.bytes);
    case 'document':
      return content.source;
    case 'missing':
    case 'unreadable': {
      const reason = content.kind === 'missing' ? 'it is gone' : reasons[content.reason];
      throw new UsageError(`${visible(nameOf(uri))} cannot be read: ${reason}.`);
    }
  }
}

const reasons = {
  folder: 'it is a folder',
  'too-large': 'it is too large',
  permission: 'its permissions forbid it',
  'no-file': 'it is no plain file',
  failed: 'reading it failed',
} as const;
