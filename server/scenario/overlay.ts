import { type FileSystem, withOpenDocuments } from '../project/file-system';
import { childUri, folderOf } from '../project/uris';
import type { DocumentUri, SourceDocument } from '../text/document';

/** A file system on which some files say something else, and some are gone. Nothing is written. */
export function withChanges(
  files: FileSystem,
  documents: ReadonlyMap<DocumentUri, SourceDocument>,
  gone: ReadonlySet<DocumentUri>,
): FileSystem {
  const open = withOpenDocuments(files, documents);
  if (gone.size === 0) return open;
  const emptied = new Set([...gone].map(folderOf));
  return {
    read: (uri) => (gone.has(uri) ? { kind: 'missing' } : open.read(uri)),
    list(folder) {
      const entries = open.list(folder);
      return emptied.has(folder)
        ? entries.filter(({ name, kind }) => kind === 'unnameable' || !gone.has(childUri(folder, name)))
        : entries;
    },
    permissions: (uri) => (gone.has(uri) ? undefined : open.permissions(uri)),
    recognise: (uri) => (gone.has(uri) ? undefined : open.recognise(uri)),
    isClosed: (folder) => open.isClosed(folder),
  };
}

/** A file system that is asked each thing once: many tests look at the same files. */
export function asOfNow(files: FileSystem): FileSystem {
  return {
    read: once((uri) => files.read(uri)),
    list: once((folder) => files.list(folder)),
    permissions: once((uri) => files.permissions(uri)),
    recognise: once((uri) => files.recognise(uri)),
    isClosed: once((folder) => files.isClosed(folder)),
  };
}

function once<Answer>(ask: (uri: DocumentUri) => Answer): (uri: DocumentUri) => Answer {
  const answers = new Map<DocumentUri, { readonly answer: Answer }>();
  return (uri) => {
    const known = answers.get(uri) ?? { answer: ask(uri) };
    answers.set(uri, known);
    return known.answer;
  };
}
