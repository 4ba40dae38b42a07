import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { writeFaultOf } from '../write-fault';

/**
 * A new file, whole or not at all. One that is there already is never replaced: it may have been edited since.
 * Throws `UsageError`.
 */
export function writeNew(file: string, text: string, terminal: Terminal): 'written' | 'as it was' {
  const path = resolve(terminal.cwd, file);
  try {
    return create(path, text) ? 'written' : 'as it was';
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be written: ${writeFaultOf(error)}.`);
  }

  /** @returns false where the file says the same already. */
  function create(target: string, content: string): boolean {
    const there = statSync(target, { throwIfNoEntry: false });
    if (there === undefined) {
      const temporary = `${target}.${process.pid}.tmp`;
      try {
        writeFileSync(temporary, content, { flag: 'wx' });
        linkSync(temporary, target);
      } finally {
        rmSync(temporary, { force: true });
      }
      return true;
    }
    // A device or a pipe holds nothing that could get lost.
    if (!there.isFile() && !there.isDirectory()) {
      writeFileSync(target, content);
      return true;
    }
    if (readFileSync(target, 'utf8') === content) return false;
    throw new UsageError(
      `${file} is there already, and says something else: it is not overwritten.`,
      'Write to another file and compare the two, or move the old one away.',
    );
  }
}
