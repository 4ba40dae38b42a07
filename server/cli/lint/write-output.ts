import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFault } from '../write-fault';

/**
 * Writes a report to a file: as a whole or not at all. A reader sees the old file or the new one; of a link the
 * target is replaced. What is no plain file, such as `/dev/null` or a named pipe, is written to.
 *
 * @returns why it could not be written.
 */
export function writeOutput(path: string, text: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return writeFault('EISDIR');
    if (stats === undefined || stats.isFile()) replace(path, text, stats);
    else writeFileSync(path, text);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // Whoever reads a pipe may have seen enough.
    return code === 'EPIPE' ? undefined : writeFault(code);
  }
}

function replace(path: string, text: string, stats: Stats | undefined): void {
  const target = stats === undefined ? path : realpathSync(path);
  if (stats !== undefined) accessSync(target, constants.W_OK);
  const temporary = join(dirname(target), `.qpidha-${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    if (stats !== undefined) chmodSync(temporary, stats.mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
