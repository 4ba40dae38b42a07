import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFault } from '../../write-fault';

/** Bytes: what would be larger is not kept. */
export const maximumSize = 32 * 1024 * 1024;

/** Of all that is kept in one folder: the oldest goes. */
export const limits = { files: 64, bytes: 128 * 1024 * 1024 } as const;

/** What is kept under a key; undefined for what is not there, belongs to another key, or is not as it was written. */
export function load(folder: string, key: string): unknown {
  try {
    const path = pathOf(folder, key);
    if (statSync(path).size > maximumSize) return undefined;
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const content = text.slice(end + 1);
    if (end < 0 || text.slice(0, end) !== headOf(key, content)) return undefined;
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/**
 * Keeps what can be written as JSON. A reader sees the old file or the new one, whatever happens. Only its owner may
 * read it: it tells of files that may be nobody else's business.
 *
 * @returns why it could not be written.
 */
export function save(folder: string, key: string, value: unknown): string | undefined {
  const content = JSON.stringify(value);
  const text = `${headOf(key, content)}\n${content}`;
  if (Buffer.byteLength(text) > maximumSize) return undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    replace(pathOf(folder, key), join(folder, `${prefix}${randomUUID()}.tmp`), text);
    prune(folder);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'EEXIST' ? 'it is no folder' : writeFault(code);
  }
}

function replace(path: string, temporary: string, text: string): void {
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const prefix = 'lint-';

function pathOf(folder: string, key: string): string {
  return join(folder, `${prefix}${sha256(key).slice(0, 32)}.cache`);
}

/** Tells what is whole, and of the same key, from all else. */
function headOf(key: string, content: string): string {
  return `qpidha-lint-cache ${sha256(`${sha256(key)} ${content}`)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Milliseconds after which a file that was never finished is rubbish. */
const abandoned = 60 * 60 * 1000;

/** Deletes nothing but what has one of our own names. */
function prune(folder: string): void {
  const ours = readdirSync(folder).filter((name) => /^lint-[\da-f-]{32,36}\.(?:cache|tmp)$/.test(name));
  const files = ours.flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? [{ path, size: stats.size, time: stats.mtimeMs }] : [];
  });
  let bytes = 0;
  let count = 0;
  for (const { path, size, time } of files.sort((a, b) => b.time - a.time)) {
    if (path.endsWith('.tmp')) {
      if (Date.now() - time > abandoned) rmSync(path, { force: true });
      continue;
    }
    bytes += size;
    count += 1;
    if (count > limits.files || bytes > limits.bytes) rmSync(path, { force: true });
  }
}
