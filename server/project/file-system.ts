import type { DocumentUri, SourceDocument } from '../text/document';
import { encode } from '../text/encode';
import { type FileHead, headLength, languageByContent, mayTell } from './by-content';
import type { Language } from './languages';
import { baseName } from './uris';

/** Where a project's files come from: a disk, the documents of an editor, a test. Does not throw. */
export interface FileSystem {
  read(uri: DocumentUri): FileContent;
  /** What a folder holds, sorted by name; nothing for what is no folder or cannot be read. */
  list(folder: DocumentUri): readonly FolderEntry[];
  /**
   * Who may read a plain file; undefined where there is none, where the machine knows no such permissions, and for
   * what is in an editor only.
   */
  permissions(uri: DocumentUri): Permissions | undefined;
  /** What a plain file is by its first bytes, where its name does not tell; undefined where it is none of ours. */
  recognise(uri: DocumentUri): Recognised | undefined;
  /** True for a folder that is there, and whose content may not be seen. */
  isClosed(folder: DocumentUri): boolean;
}

export interface Recognised {
  readonly language: Language;
  /** All of the file, where it was seen already. */
  readonly content?: Extract<FileContent, { readonly kind: 'bytes' | 'document' }>;
}

export interface Permissions {
  /** The permission bits: 0 to 0o7777. */
  readonly mode: number;
  /** True where every user of the machine can read it: the file, and every folder on the way to it, allow that. */
  readonly forEveryone: boolean;
}

export type FileContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** As an editor has it open. */
  | { readonly kind: 'document'; readonly source: SourceDocument }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

export type UnreadableReason =
  | 'folder'
  /** Larger than `maximumBytes`. */
  | 'too-large'
  | 'permission'
  /** A device, a pipe, a socket. */
  | 'no-file'
  | 'failed';

export interface FolderEntry {
  readonly name: string;
  /** unnameable: what has a name that is no UTF-8, and so cannot be told of by any URI. */
  readonly kind: 'file' | 'folder' | 'unnameable';
}

/** Of one file: far more than anyone writes, and still read in a second or two. */
export const maximumBytes = 64 * 1024 * 1024;

/** A file system on which documents that are open in an editor lie above the files. */
export function withOpenDocuments(
  files: FileSystem,
  documents: ReadonlyMap<DocumentUri, SourceDocument>,
): FileSystem {
  return {
    read(uri) {
      const source = documents.get(uri);
      return source === undefined ? files.read(uri) : { kind: 'document', source };
    },
    list: (folder) => files.list(folder),
    permissions: (uri) => files.permissions(uri),
    recognise(uri) {
      const source = documents.get(uri);
      return source === undefined ? files.recognise(uri) : recogniseDocument(source);
    },
    isClosed: (folder) => files.isClosed(folder),
  };
}

/** What a document is by its text, where its name does not tell. */
export function recogniseDocument(source: SourceDocument): Recognised | undefined {
  const head = mayTell(baseName(source.uri)) ? headOfDocument(source) : undefined;
  const language = head && languageByContent(source.uri, head);
  return language && { language, content: { kind: 'document', source } };
}

/** The start of what was read; undefined for what could not be. */
export function headOf(content: FileContent): FileHead | undefined {
  switch (content.kind) {
    case 'bytes':
      return { bytes: content.bytes, whole: true };
    case 'document':
      return headOfDocument(content.source);
    case 'missing':
    case 'unreadable':
      return undefined;
  }
}

function headOfDocument({ text, encoding }: SourceDocument): FileHead | undefined {
  const bytes = encode(text.slice(0, headLength), encoding);
  return bytes && { bytes, whole: text.length <= headLength };
}
