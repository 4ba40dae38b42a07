import type { DocumentUri, SourceDocument } from '../text/document';
import { type FileSystem, type FolderEntry, type Permissions, recogniseDocument } from './file-system';

/** Documents that are on no disk, as a file system; what is in the map when asked. */
export function filesInMemory(
  documents: ReadonlyMap<DocumentUri, SourceDocument>,
  permissions: (uri: DocumentUri) => Permissions | undefined = () => undefined,
): FileSystem {
  const below = (folder: DocumentUri) => {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    return [...documents.keys()]
      .filter((uri) => uri.startsWith(prefix))
      .map((uri) => uri.slice(prefix.length).split('/'));
  };
  return {
    read(uri) {
      const source = documents.get(uri);
      if (source !== undefined) return { kind: 'document', source };
      return below(uri).length > 0 ? { kind: 'unreadable', reason: 'folder' } : { kind: 'missing' };
    },
    list(uri) {
      const entries = new Map<string, FolderEntry>();
      for (const [name = '', ...rest] of below(uri)) {
        entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'folder' });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    permissions,
    recognise(uri) {
      const source = documents.get(uri);
      return source && recogniseDocument(source);
    },
    isClosed: () => false,
  };
}
