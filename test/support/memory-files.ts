import { type FileSystem, type FolderEntry, recogniseDocument } from '../../server/project/file-system';
import { documentFromText } from '../../server/text/document';
import type { ExampleFiles, ExampleModes } from '../../server/text/rule';
import { exampleUri } from './rule-examples';

const root = exampleUri('');

/** The files of an example as a file system, in folders that everyone may enter. */
export function memoryFiles(files: ExampleFiles, modes: ExampleModes = {}): FileSystem {
  const modeOf = new Map(Object.entries(modes).map(([name, mode]) => [exampleUri(name), mode]));
  const byUri = new Map(Object.entries(files).map(([name, text]) => [exampleUri(name), text]));
  return {
    read(uri) {
      const text = byUri.get(uri);
      if (text !== undefined) return { kind: 'document', source: documentFromText(uri, text) };
      const folder = uri.endsWith('/') ? uri : `${uri}/`;
      const isFolder = [...byUri.keys()].some((name) => name.startsWith(folder));
      return isFolder ? { kind: 'unreadable', reason: 'folder' } : { kind: 'missing' };
    },
    list(uri) {
      const folder = uri.endsWith('/') ? uri : `${uri}/`;
      const entries = new Map<string, FolderEntry>();
      for (const name of byUri.keys()) {
        if (!name.startsWith(folder)) continue;
        const [first = '', ...rest] = name.slice(folder.length).split('/');
        entries.set(first, { name: first, kind: rest.length === 0 ? 'file' : 'folder' });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    permissions(uri) {
      const mode = modeOf.get(uri);
      return mode === undefined ? undefined : { mode, forEveryone: (mode & 0o004) !== 0 };
    },
    recognise(uri) {
      const text = byUri.get(uri);
      return text === undefined ? undefined : recogniseDocument(documentFromText(uri, text));
    },
    isClosed: () => false,
  };
}

export const memoryRoot = root.replace(/\/$/, '');
