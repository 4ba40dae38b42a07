import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { pathOfUri } from '../../project/uris';
import type { SourceDocument } from '../../text/document';
import { encode } from '../../text/encode';

/**
 * Replaces a file by a new version of itself, as a whole or not at all: a reader sees the old text or the new
 * one. Its permissions stay; of a link the target is replaced.
 *
 * @returns why it could not be written.
 */
export function writeFixed({ uri, text, encoding }: SourceDocument): string | undefined {
  const bytes = encode(text, encoding);
  if (bytes === undefined) return `the fix has characters that its encoding, ${encoding}, lacks`;
  let temporary: string | undefined;
  try {
    const path = realpathSync(pathOfUri(uri) ?? '');
    temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    chmodSync(temporary, statSync(path).mode & 0o7777);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return error instanceof Error && 'code' in error ? String(error.code) : 'it failed';
  }
}
