import type { DocumentUri, SourceDocument } from '../text/document';

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
  readonly kind: 'file' | 'folder';
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
  };
}
