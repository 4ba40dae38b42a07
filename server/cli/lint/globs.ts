import { resolve } from 'node:path';
import picomatch from 'picomatch/posix';
import type { FileSystem } from '../../project/file-system';
import { recognise } from '../../project/languages';
import { childUri, uriOfPath } from '../../project/uris';
import type { DocumentUri } from '../../text/document';

/** Folders that are looked into for one pattern. */
const maximumFolders = 50_000;

/** True for an argument that a shell would expand. */
export function isGlob(argument: string): boolean {
  return /[*?[{]/.test(argument) && picomatch.scan(argument).glob !== '';
}

/**
 * The files and folders that a pattern fits, as a shell with `**` would find them: names that begin with a dot only
 * where the pattern has the dot, nothing behind links to folders, and `node_modules` only where it is named. What git
 * ignores is found. A pattern that ends in nothing but stars fits the files that are recognised.
 */
export function filesMatching(files: FileSystem, pattern: string, cwd: string): readonly DocumentUri[] {
  const { base, glob } = picomatch.scan(pattern);
  const matches = picomatch(glob, { strictBrackets: false });
  const start = uriOfPath(resolve(cwd, base));
  const segments = glob.split('/');
  const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : segments.length;
  const last = segments.at(-1) ?? '';
  const takesAnything = /^\*+$/.test(last);
  const found: DocumentUri[] = [];
  const pending = [{ uri: start, path: '', level: 1 }];
  for (let visited = 0; visited < maximumFolders; visited += 1) {
    const folder = pending.pop();
    if (folder === undefined) break;
    const below = [];
    for (const { name, kind } of files.list(folder.uri)) {
      if (kind === 'unnameable') continue;
      const path = `${folder.path}${name}`;
      const uri = childUri(folder.uri, name);
      const isFile = kind === 'file';
      if (
        matches(path) &&
        (takesAnything ? isFile && isOurs(files, uri, name) : isFile || depth !== Infinity)
      )
        found.push(uri);
      const isEntered = !isFile && folder.level < depth && (name !== 'node_modules' || glob.includes(name));
      const isHidden = name.startsWith('.') && !/(?:^|\/)\./.test(glob);
      if (isEntered && !isHidden) below.push({ uri, path: `${path}/`, level: folder.level + 1 });
    }
    pending.push(...below.reverse());
  }
  return found;
}

function isOurs(files: FileSystem, uri: DocumentUri, name: string): boolean {
  return recognise(name) !== undefined || files.recognise(uri) !== undefined;
}
