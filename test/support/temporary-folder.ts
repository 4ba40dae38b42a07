import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

export type FilesOnDisk = Readonly<Record<string, string | Uint8Array>>;

/** Folders of their own on the disk, one for each call; they are gone after the tests of the file. */
export function temporaryFolders(): (files: FilesOnDisk) => string {
  const root = mkdtempSync(join(tmpdir(), 'qpidha-test-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;
  return (files) => {
    count += 1;
    const folder = join(root, String(count));
    mkdirSync(folder);
    writeFiles(folder, files);
    return folder;
  };
}

export function writeFiles(folder: string, files: FilesOnDisk): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
