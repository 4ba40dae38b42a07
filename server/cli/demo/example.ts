import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ExampleCopy {
  readonly folder: string;
  remove(): void;
}

/** A copy of an example that is part of the package, in a temporary folder. */
export function copyExample(name: string): ExampleCopy {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'qpidha-demo-')));
  const folder = join(parent, name);
  cpSync(join(examplesFolder(), name), folder, { recursive: true });
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Beside the bundle's folder when installed, further up when run from the sources. */
function examplesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const examples = join(folder, 'examples');
    if (existsSync(examples)) return examples;
    if (folder === dirname(folder)) throw new Error('the examples of the package are missing');
  }
}
