import { URI, Utils } from 'vscode-uri';
import type { DocumentUri } from '../text/document';

/**
 * A file, or a folder below the root, in whose path nothing is escaped: its parts can be had without parsing it,
 * which is done thousands of times in a check of many files.
 */
const plainUri = /^file:\/\/(?:\/(?!\.\.?(?:\/|$))[\w.~-]+)+$/;

const plainName = /^(?!\.\.?$)[\w.~-]+$/;

/** The one spelling of a URI that a project uses: editors and tools escape different characters. */
export function canonicalUri(uri: DocumentUri): DocumentUri {
  if (plainUri.test(uri)) return uri;
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}

export function uriOfPath(path: string): DocumentUri {
  return URI.file(path).toString();
}

/** The path of a `file:` URI. */
export function pathOfUri(uri: DocumentUri): string | undefined {
  if (process.platform !== 'win32' && plainUri.test(uri)) return uri.slice('file://'.length);
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

export function folderOf(uri: DocumentUri): DocumentUri {
  const end = uri.lastIndexOf('/');
  if (end > 'file:///'.length && plainUri.test(uri)) return uri.slice(0, end);
  return Utils.dirname(URI.parse(uri)).toString();
}

export function baseName(uri: DocumentUri): string {
  return plainUri.test(uri) ? uri.slice(uri.lastIndexOf('/') + 1) : Utils.basename(URI.parse(uri));
}

export function childUri(folder: DocumentUri, name: string): DocumentUri {
  if (plainName.test(name) && plainUri.test(folder)) return `${folder}/${name}`;
  return Utils.joinPath(URI.parse(folder), name).toString();
}

/** A path that stands in a file: absolute, or relative to that file's folder. */
export function resolveFrom(file: DocumentUri, path: string): DocumentUri {
  return Utils.resolvePath(Utils.dirname(URI.parse(file)), path).toString();
}

/** The path of a file below a folder, such as `east/qpidd.conf`; undefined for one that does not lie there. */
export function pathBelow(folder: DocumentUri, file: DocumentUri): string | undefined {
  const { scheme, authority, path } = URI.parse(folder);
  const below = URI.parse(file);
  const start = path.endsWith('/') ? path : `${path}/`;
  const isBelow = below.scheme === scheme && below.authority === authority && below.path.startsWith(start);
  return isBelow ? below.path.slice(start.length) : undefined;
}

/** The path from one file's folder to another file, as it would be written there; absolute where nothing is shared. */
export function relativePath(from: DocumentUri, to: DocumentUri): string {
  const origin = URI.parse(folderOf(from)).path.split('/').filter(Boolean);
  const target = URI.parse(to).path.split('/').filter(Boolean);
  let shared = 0;
  while (shared < origin.length && shared < target.length - 1 && origin[shared] === target[shared])
    shared += 1;
  if (shared === 0 && origin.length > 0) return URI.parse(to).path;
  return [...origin.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
