/**
 * Everything that must hold, in one command: build, types, style and walls, the tests of every room, and the
 * suite in a real VS Code. The last line counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { runEditorTests } from './editor/run';

const root = join(import.meta.dirname, '..');

/** Folders with a life of their own: a suite inside VS Code, and measurements that assert nothing. */
const elsewhere = new Set(['editor', 'bench', 'node_modules']);

/** Milliseconds after which a file of tests is ended as failed: far beyond what any takes, so that nothing waits for ever. */
const longestFile = 15 * 60_000;

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return elsewhere.has(entry.name) ? [] : testFiles(join(folder, entry.name));
    return entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : [];
  });
}

function check(title: string, command: string): void {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${title}: failed`);
    process.exit(1);
  }
}

async function runRoomTests(files: string[]): Promise<{ passed: number; failed: number; skipped: number }> {
  const count = { passed: 0, failed: 0, skipped: 0 };
  // Many tests wait for brokers more than they compute: no processor is left out.
  const stream = run({ files, concurrency: availableParallelism(), timeout: longestFile });
  stream.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    if (event.skip !== undefined) count.skipped += 1;
    else count.passed += 1;
  });
  stream.on('test:fail', (event) => {
    if (event.details.type !== 'suite') count.failed += 1;
  });
  const report = stream.compose(new spec());
  report.pipe(process.stdout);
  await new Promise((resolve, reject) => report.once('end', resolve).once('error', reject));
  return count;
}

const only = process.argv.slice(2);
if (only.length === 0) {
  check('build', 'node build.mjs --quiet');
  check('types', 'npm run --silent typecheck');
  check('style and walls', 'npm run --silent lint');
}
console.log('\n── rooms');
const files = testFiles(join(root, 'test')).filter(
  (file) => only.length === 0 || only.some((part) => file.includes(part)),
);
const rooms = await runRoomTests(files);
console.log('\n── editor');
const editor = only.length === 0 ? await runEditorTests() : { passed: 0, failed: 0, skipped: 0 };

const failed = rooms.failed + editor.failed;
const skipped = rooms.skipped + editor.skipped;
console.log(
  `${rooms.passed + editor.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exit(failed > 0 || rooms.passed === 0 ? 1 : 0);
