import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { writeConfs, writeLargeManifest, writeManifests } from './corpus';
import { median } from './median';
import { otherPeers, type Run, versionOf, yamlPeers } from './peers';

const program = join(import.meta.dirname, '../../dist/cli/qpidha.js');

/** Runs of each command: in turn, so that what disturbs the machine disturbs all of them. */
const rounds = 5;

/** Milliseconds: what takes longer is run once. */
const longEnough = 10_000;

const count = 1000;

const projects = [
  { name: `${count} qpidd.conf files, 6 MB`, folder: 'confs', write: writeConfs, size: count, isYaml: false },
  { name: `${count} manifests, 3 MB`, folder: 'manifests', write: writeManifests, size: count, isYaml: true },
  // Larger ones are refused.
  { name: 'one manifest of 0.9 MB', folder: 'large', write: writeLargeManifest, size: 900_000, isYaml: true },
] as const;

/** Times whole processes, as a pipeline runs them. */
export function benchLint(scratch: string): void {
  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  const node = [process.execPath];
  table('Starting', [
    { name: 'node -e 0', command: [...node, '-e', '0'], cwd: scratch },
    { name: 'qpidha --version', command: [...node, program, '--version'], cwd: scratch },
  ]);
  for (const { name, folder, write, size, isYaml } of projects) {
    const cwd = join(scratch, folder);
    write(cwd, size);
    // What lies above the root of a work tree is not looked at.
    mkdirSync(join(cwd, '.git'));
    const lint = [...node, program, 'lint', '--format', 'compact'];
    const cached = [...lint, '--cache-location', join(scratch, 'cache')];
    const ours: readonly Run[] = [
      { name: 'qpidha lint', command: lint, cwd },
      { name: 'qpidha lint --cache', command: cached, cwd },
    ];
    timed({ name: '', command: cached, cwd });
    table(name, [...ours, ...(isYaml ? yamlPeers(scratch, cwd) : [])]);
  }
  const manifests = {
    name: 'qpidha lint, 1000 manifests',
    command: [...node, program, 'lint'],
    cwd: join(scratch, 'manifests'),
  };
  table('Other languages, files of 3 KB', [manifests, ...otherPeers(scratch, count)]);
}

function table(name: string, runs: readonly Run[]): void {
  const times = runs.map((run) => [timed(run)]);
  for (let round = 1; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      if ((times[index]?.[0]?.wall ?? 0) < longEnough) times[index]?.push(timed(run));
    }
  }
  const [first = Number.NaN] = times.map(leastProcessorTime);
  console.log(`\n| ${name} | version | best | median | processor | ratio |`);
  console.log('| --- | --- | ---: | ---: | ---: | ---: |');
  for (const [index, run] of runs.entries()) {
    const own = times[index] ?? [];
    const walls = own.map(({ wall }) => wall);
    const cpu = leastProcessorTime(own);
    const columns = [
      run.name,
      run.name.startsWith('qpidha') ? '' : versionOf(run),
      ...[Math.min(...walls), median(walls), cpu].map((time) => `${time.toFixed(0)} ms`),
      (cpu / first).toFixed(2),
    ];
    console.log(`| ${columns.join(' | ')} |`);
  }
}

function leastProcessorTime(times: readonly Time[]): number {
  return Math.min(...times.map(({ cpu }) => cpu));
}

interface Time {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** Milliseconds of all processors: what else the machine does matters less. */
  readonly cpu: number;
}

/** What a program finds is of no interest, nor whether it is content. */
function timed({ command, cwd }: Run): Time {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { stderr, error } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined) throw error;
  const [wall = Number.NaN, user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}
