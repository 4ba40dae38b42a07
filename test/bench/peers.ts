/** Other linters, where they are installed: on the search path, or in the folder that `QPIDHA_BENCH_PEERS` names. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A command that is timed as a whole. */
export interface Run {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

/** Linters that read the same files as ours. */
export function yamlPeers(scratch: string, cwd: string): readonly Run[] {
  const rules = join(scratch, 'spectral.yaml');
  // As much as ours can be asked of a linter that is told rules: the shape of a manifest.
  const required = ['version', 'brokers', 'replications'].map(
    (field) => `  has-${field}: { given: $, then: { field: ${field}, function: truthy } }`,
  );
  writeFileSync(rules, ['rules:', ...required, ''].join('\n'));
  return [
    ...installed('yamllint', (path) => ({
      name: 'yamllint -d relaxed',
      command: [path, '-d', 'relaxed', '.'],
      cwd,
    })),
    ...installed('spectral', (path) => ({
      name: 'spectral, 3 rules',
      command: [path, 'lint', '--quiet', '-r', rules, '**/*.yaml'],
      cwd,
    })),
  ];
}

/** Linters of other languages, on as many files of the size of a manifest, or, the slowest, on a tenth of them. */
export function otherPeers(scratch: string, count: number): readonly Run[] {
  return languages.flatMap(({ program, extension, text, part, args, extra }) => {
    const cwd = join(scratch, program);
    return installed(program, (path) => {
      mkdirSync(cwd, { recursive: true });
      for (const [name, content] of Object.entries(extra ?? {})) writeFileSync(join(cwd, name), content);
      const files = Array.from({ length: count * part }, (_, index) => `${index}.${extension}`);
      for (const [index, file] of files.entries()) writeFileSync(join(cwd, file), text(index));
      return { name: `${program}, ${files.length} files`, command: [path, ...args, ...files], cwd };
    });
  });
}

interface OtherLanguage {
  readonly program: string;
  readonly extension: string;
  readonly args: readonly string[];
  /** Of the files, so many are enough. */
  readonly part: number;
  readonly extra?: Readonly<Record<string, string>>;
  text(index: number): string;
}

const lines = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => line(number)).join('\n');

const languages: readonly OtherLanguage[] = [
  {
    program: 'xmllint',
    extension: 'xml',
    args: ['--noout'],
    part: 1,
    text: (index) =>
      `<queues>\n${lines(50, (n) => `  <queue name="orders.${index}.${n}" to="second">yes</queue>`)}\n</queues>\n`,
  },
  {
    program: 'promtool',
    extension: 'yml',
    args: ['check', 'rules'],
    part: 1,
    text: (index) =>
      `groups:\n  - name: queues-${index}\n    rules:\n${lines(20, (n) => `      - alert: Depth${n}\n        expr: depth{queue="orders.${index}.${n}"} > ${n}\n        for: 5m\n        labels: { severity: page }\n        annotations: { summary: "Queue ${n} is long" }`)}\n`,
  },
  {
    program: 'eslint',
    extension: 'js',
    args: [],
    part: 1,
    extra: {
      'eslint.config.mjs':
        "export default [{ rules: { 'no-undef': 2, 'no-unused-vars': 2, 'prefer-const': 2, eqeqeq: 2, 'no-var': 2 } }];\n",
    },
    text: (index) =>
      `${lines(60, (n) => `export const queue${n} = { name: 'orders.${index}.${n}', to: 'second' };`)}\n`,
  },
  {
    program: 'shellcheck',
    extension: 'sh',
    args: ['-f', 'gcc'],
    part: 0.1,
    text: (index) =>
      `#!/bin/sh\n${lines(40, (n) => `qpid-config add queue "orders.${index}.${n}" --durable || exit ${n}`)}\n`,
  },
];

function installed(program: string, run: (path: string) => Run): readonly Run[] {
  const folders = [process.env.QPIDHA_BENCH_PEERS ?? '', ...(process.env.PATH ?? '').split(delimiter)];
  const path = folders.map((folder) => join(folder, program)).find((candidate) => existsSync(candidate));
  return path === undefined ? [] : [run(path)];
}

/** The first line in which a program tells its version. */
export function versionOf({ command: [program = ''] }: Run): string {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+(?:\.\d+)?/.exec(stdout + stderr)?.[0] ?? '';
}
