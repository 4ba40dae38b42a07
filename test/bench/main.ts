/** Measures, against yardsticks in the same run: `npm run bench`, or of that only `edits` or `lint`. Asserts nothing. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { lintProject } from '../../server/lint/lint-project';
import { nodeFileSystem } from '../../server/project/node-file-system';
import { openProject } from '../../server/project/open-project';
import { writeConfs } from './corpus';
import { EditSession } from './edit-session';
import { type BenchFile, plainFile, variedFile } from './files';
import { benchLint } from './lint';
import { median } from './median';

/** Edits before the measured ones: both servers are compiled as they run. */
const warmUp = 40;
const edits = 60;
const files = 1000;
const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'qpidha-bench-'));

/** Medians of each server, at each place of the file. */
async function medians(servers: readonly (readonly string[])[], file: BenchFile): Promise<number[][]> {
  const sessions = await Promise.all(
    servers.map((server) => EditSession.open(server, folderFor(file), file.text)),
  );
  const times = file.places.map(() => sessions.map((): number[] => []));
  // In turn, so that what disturbs the machine disturbs all of them.
  for (let round = -warmUp; round < edits; round += 1) {
    for (const [place, { line }] of file.places.entries()) {
      for (const [index, session] of sessions.entries()) {
        const time = await session.edit(line, 5);
        if (round >= 0) times[place]?.[index]?.push(time);
      }
    }
  }
  for (const session of sessions) session.close();
  return times.map((servers) => servers.map(median));
}

function folderFor({ name, text }: BenchFile): string {
  const folder = join(scratch, `${name}-${text.length}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function benchEdits(): Promise<void> {
  const bare = join(scratch, 'bare-server.cjs');
  const entryPoints = [join(root, 'test/bench/bare-server.ts')];
  await build({ entryPoints, outfile: bare, bundle: true, platform: 'node', format: 'cjs', minify: true });
  console.log('edit → diagnostics over LSP, median of two edits:');
  const servers = [[join(root, 'dist/server.cjs'), '--stdio'], [bare]];
  for (const lines of [1000, 10_000]) {
    for (const file of [plainFile(lines), variedFile(lines)]) {
      const results = await medians(servers, file);
      for (const [index, [ours = 0, theirs = 0]] of results.entries()) {
        const place = file.places[index]?.name ?? '';
        console.log(
          `  ${lines} lines, ${file.name}, at the ${place}: ${ours.toFixed(2)} ms, bare server ${theirs.toFixed(2)} ms, ratio ${(ours / theirs).toFixed(1)}`,
        );
      }
    }
  }
}

function benchFiles(): void {
  const folder = join(scratch, 'files');
  writeConfs(folder, files);
  const rounds = Array.from({ length: 5 }, () => ({
    read: timed(() => readAll(folder)),
    lint: timed(() => lintAll(folder)),
  }));
  const best = (key: 'read' | 'lint') => Math.min(...rounds.map((round) => round[key]));
  const [read, lint] = [best('read'), best('lint')];
  console.log(
    `lint of ${files} files of 100 lines: ${lint.toFixed(0)} ms, reading them ${read.toFixed(0)} ms, ratio ${(lint / read).toFixed(1)}`,
  );
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function readAll(folder: string): void {
  for (const name of readdirSync(folder)) readFileSync(join(folder, name, 'qpidd.conf'), 'utf8');
}

function lintAll(folder: string): void {
  lintProject(openProject(nodeFileSystem, [{ uri: pathToFileURL(folder).href }]));
}

try {
  const only = process.argv[2];
  if (only !== 'lint') {
    await benchEdits();
    benchFiles();
  }
  if (only !== 'edits') benchLint(scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
