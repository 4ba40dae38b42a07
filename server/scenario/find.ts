import type { FileSystem } from '../project/file-system';
import { GitIgnore } from '../project/git-ignore';
import { childUri } from '../project/uris';
import type { DocumentUri } from '../text/document';

const testFileName = /\.qpid-test\.(?:ya?ml|json)$/i;

/** Of other people, and of tools. */
const passedOver = /^(?:\..*|node_modules)$/;

/** Folders that are looked into: a tree of 200,000 files has fewer. */
const maximumFolders = 50_000;

/** The files of tests below a folder that git does not ignore, folder by folder in the order of their names. */
export function findTestFiles(files: FileSystem, folder: DocumentUri): readonly DocumentUri[] {
  const found: DocumentUri[] = [];
  const pending = [{ uri: folder, gitIgnore: GitIgnore.at(files, folder) }];
  for (let visited = 0; visited < maximumFolders; visited += 1) {
    const next = pending.pop();
    if (next === undefined) break;
    const { uri, gitIgnore } = next;
    const below = [];
    for (const { name, kind } of files.list(uri)) {
      const isFolder = kind === 'folder';
      const isWanted = isFolder ? !passedOver.test(name) : kind === 'file' && testFileName.test(name);
      if (!isWanted || gitIgnore.ignores(name, isFolder)) continue;
      const child = childUri(uri, name);
      if (isFolder) below.push({ uri: child, gitIgnore: gitIgnore.entered(files, child, name) });
      else found.push(child);
    }
    pending.push(...below.reverse());
  }
  return found;
}
