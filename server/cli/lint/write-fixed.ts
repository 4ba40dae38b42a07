import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FixedFile } from '../../lint/fix';
import { pathOfUri } from '../../project/uris';
import { encode } from '../../text/encode';
import { writeFault } from '../write-fault';

/** A new version of a file that lies beside it, ready to take its place. */
export interface PreparedFile {
  /** Of a link the file that it leads to. */
  readonly path: string;
  /** Puts it in place. Undefined, or why that failed: the file is then as it was. */
  commit(): string | undefined;
  /** Leaves the file as it is. */
  discard(): void;
}

/**
 * Writes the new version of a file beside it: once that is there, nothing but its name is left to change, so that a
 * reader sees the old text or the new one. Its permissions, owner and group stay; of a link the target is replaced.
 *
 * @returns why the file cannot be replaced.
 */
export function prepareFixed({ before, after }: FixedFile): PreparedFile | string {
  const bytes = encode(after.text, after.encoding);
  const old = encode(before.text, before.encoding);
  if (bytes === undefined || old === undefined)
    return `the fix has characters that its encoding, ${after.encoding}, lacks`;
  try {
    const path = realpathSync(pathOfUri(after.uri) ?? '');
    // Where the folder may be written to, even a file that may not could be replaced.
    closeSync(openSync(path, 'r+'));
    if (!isStill(path, old)) return changedMeanwhile;
    return new Replacement(path, old, bytes);
  } catch (error) {
    return faultOf(error);
  }
}

const changedMeanwhile = 'it has been changed since it was read';

class Replacement implements PreparedFile {
  private readonly temporary: string;
  private readonly keepsIdentity: boolean;

  constructor(
    readonly path: string,
    private readonly old: Uint8Array,
    private readonly bytes: Uint8Array,
  ) {
    // Not made of the name of the file, which may be as long as a name can be.
    this.temporary = join(dirname(path), `.qpidha-${randomUUID()}.tmp`);
    const stats = statSync(path);
    try {
      writeNew(this.temporary, bytes);
      // Another name of the same file would go on leading to the old text.
      this.keepsIdentity = stats.nlink > 1 || !takesOver(this.temporary, stats);
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  commit(): string | undefined {
    try {
      if (!isStill(this.path, this.old)) return changedMeanwhile;
      if (this.keepsIdentity) overwrite(this.path, this.bytes, this.old);
      else renameSync(this.temporary, this.path);
      return undefined;
    } catch (error) {
      return faultOf(error);
    } finally {
      this.discard();
    }
  }

  discard(): void {
    rmSync(this.temporary, { force: true });
  }
}

function isStill(path: string, bytes: Uint8Array): boolean {
  return readFileSync(path).equals(bytes);
}

function writeNew(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, written);
  }
}

/** Gives a file the owner, the group and the permissions of another. False where this user may not. */
function takesOver(path: string, { uid, gid, mode }: Stats): boolean {
  const own = statSync(path);
  try {
    if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
    chmodSync(path, mode & 0o7777);
    return true;
  } catch {
    return false;
  }
}

/** Writes into a file itself, whose owner or other names would be lost otherwise. A failure brings the old text back. */
function overwrite(path: string, bytes: Uint8Array, old: Uint8Array): void {
  const file = openSync(path, 'r+');
  try {
    writeAll(file, bytes);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
  } catch (error) {
    writeAll(file, old);
    ftruncateSync(file, old.length);
    throw error;
  } finally {
    closeSync(file);
  }
}

function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOENT' ? 'it is gone' : writeFault(code);
}
