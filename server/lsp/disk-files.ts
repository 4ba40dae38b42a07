import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { FileContent, FileSystem, FolderEntry, Permissions, Recognised } from '../project/file-system';
import { nodeFileSystem } from '../project/node-file-system';
import { pathOfUri } from '../project/uris';
import { decode } from '../text/decode';
import { type DocumentUri, documentFromBytes } from '../text/document';
import type { FileStart } from './open-documents';

/** Milliseconds for which a look at the disk holds: who types causes many checks a second. */
const freshness = 500;

/**
 * The files of this machine, read and decoded once for each of their versions. Whether a file changed is seen
 * by a look at its date, not more often than needed: not every editor tells of changes, and none of all of them.
 */
export class DiskFiles implements FileSystem {
  private readonly contents = new Map<DocumentUri, Remembered<FileContent>>();
  private readonly folders = new Map<DocumentUri, Remembered<readonly FolderEntry[]>>();
  private readonly recognised = new Map<DocumentUri, Remembered<Recognised | undefined>>();
  private look = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** From now on what was seen a while ago counts as old. */
  beginCheck(): void {
    const now = performance.now();
    if (now - this.lookedAt < freshness) return;
    this.lookedAt = now;
    this.look += 1;
  }

  /** What was seen before the next check counts as old then: files may have come or gone. */
  expire(): void {
    this.lookedAt = Number.NEGATIVE_INFINITY;
  }

  read(uri: DocumentUri): FileContent {
    return this.recall(this.contents, uri, () => {
      const content = nodeFileSystem.read(uri);
      if (content.kind !== 'bytes') return content;
      return { kind: 'document', source: documentFromBytes(uri, content.bytes) };
    });
  }

  list(folder: DocumentUri): readonly FolderEntry[] {
    return this.recall(this.folders, folder, () => nodeFileSystem.list(folder));
  }

  permissions(uri: DocumentUri): Permissions | undefined {
    return nodeFileSystem.permissions(uri);
  }

  recognise(uri: DocumentUri): Recognised | undefined {
    return this.recall(this.recognised, uri, () => {
      const recognised = nodeFileSystem.recognise(uri);
      // Its content is kept elsewhere, once it is asked for.
      return recognised && { language: recognised.language };
    });
  }

  isClosed(folder: DocumentUri): boolean {
    return nodeFileSystem.isClosed(folder);
  }

  /** A file has changed, says the editor; its date may not show it. */
  forget(uri: DocumentUri): void {
    this.contents.delete(uri);
    this.recognised.delete(uri);
    this.expire();
  }

  private recall<Value>(
    known: Map<DocumentUri, Remembered<Value>>,
    uri: DocumentUri,
    read: () => Value,
  ): Value {
    const remembered = known.get(uri);
    if (remembered?.look === this.look) return remembered.value;
    const state = stateOf(uri);
    const value = remembered !== undefined && remembered.state === state ? remembered.value : read();
    known.set(uri, { look: this.look, state, value });
    return value;
  }
}

interface Remembered<Value> {
  /** Which look at the disk saw it last. */
  readonly look: number;
  readonly state: string;
  readonly value: Value;
}

/** Differs for every version of a file; the same as long as there is none. */
function stateOf(uri: DocumentUri): string {
  const path = pathOfUri(uri);
  if (path === undefined) return 'elsewhere';
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  } catch {
    return 'missing';
  }
}

/** What an editor does not show of a file: the mark or the encoding that its first bytes tell. */
export function startOfFile(uri: DocumentUri): FileStart {
  const { encoding, text } = decode(firstBytes(pathOfUri(uri)));
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // Three bytes may end within a character, so nothing but the marks can be told.
  return { byteOrderMark: text.startsWith('\uFEFF'), encoding: wide ? encoding : 'utf-8' };
}

const longestMark = 3;

function firstBytes(path: string | undefined): Uint8Array {
  const bytes = Buffer.alloc(longestMark);
  try {
    // Opening a pipe would wait for its other end.
    if (path === undefined || !statSync(path).isFile()) return new Uint8Array();
    const file = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, longestMark, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array();
  }
}
