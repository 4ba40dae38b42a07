import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly 'working-directory'?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

const wrong = 'ha-cluster=yes\nha-replicate=some\n';

describe('the GitHub Action, run as a runner does', () => {
  let folder: string;
  let checkout: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qpidha-action-'));
    checkout = join(folder, 'checkout');
    mkdirSync(join(checkout, 'east'), { recursive: true });
    mkdirSync(join(folder, 'action/dist/cli'), { recursive: true });
    symlinkSync(join(root, '.ci'), join(folder, 'action/.ci'));
    // What the step that sets up builds, from today's sources.
    const main = [`--import=${import.meta.resolve('tsx')}`, join(root, 'server/cli/main.ts')];
    writeFileSync(
      join(folder, 'action/dist/cli/qpidha.js'),
      `const { spawnSync } = require('node:child_process');
process.exitCode = spawnSync(process.execPath, [...${JSON.stringify(main)}, ...process.argv.slice(2)], { stdio: 'inherit' }).status;
`,
    );
    writeFileSync(join(checkout, 'east/qpidd.conf'), wrong);
    writeFileSync(join(checkout, 'clean.qpidd.conf'), 'ha-cluster=no\nha-queue-replication=yes\nauth=yes\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The last step: expressions are replaced, and the script is run by its shell, in the step's folder. */
  function run(given: Readonly<Record<string, string>> = {}) {
    const inputs = Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? input.default]),
    );
    for (const name of Object.keys(given)) assert.ok(name in inputs, `${name} is an input`);
    const replaced = (text: string) =>
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name] ?? '');
    const step = action.runs.steps.at(-1);
    assert.equal(step?.shell, 'bash');
    const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run],
      {
        cwd: join(checkout, replaced(step['working-directory'] ?? '.')),
        encoding: 'utf8',
        env: {
          ...process.env,
          ...files,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_WORKSPACE: checkout,
          GITHUB_ACTION_PATH: join(folder, 'action'),
          ...Object.fromEntries(
            Object.entries(step.env ?? {}).map(([name, value]) => [name, replaced(value)]),
          ),
        },
      },
    );
    return { status, stdout, stderr, output: readFileSync(files.GITHUB_OUTPUT, 'utf8') };
  }

  test('annotates what it finds, fails, and says with which exit code', () => {
    const { status, stdout, output } = run();
    assert.match(stdout, /^::error file=east\/qpidd\.conf,line=2,/m);
    assert.deepEqual([status, output], [1, 'exit-code=1\n']);
  });

  test('names files from the workspace, wherever it starts', () => {
    assert.match(run({ 'working-directory': 'east' }).stdout, /^::error file=east\/qpidd\.conf,line=2,/m);
  });

  test('passes where the paths are clean, or nothing shall fail', () => {
    assert.deepEqual(
      [{ paths: ' clean.qpidd.conf\r\n\n' }, { 'fail-on': 'never' }].map((inputs) => run(inputs).status),
      [0, 0],
    );
  });

  test('tells a wrong input from findings', () => {
    for (const inputs of [
      { 'fail-on': 'sometimes' },
      { paths: 'missing.conf' },
      { args: '--no-such-option' },
    ]) {
      const { status, stderr, output } = run(inputs);
      assert.deepEqual([status, output], [2, 'exit-code=2\n'], JSON.stringify(inputs));
      assert.notEqual(stderr, '');
    }
  });

  test('writes SARIF beside the annotations', () => {
    run({ 'sarif-file': 'found.sarif' });
    const { runs } = JSON.parse(readFileSync(join(checkout, 'found.sarif'), 'utf8'));
    assert.equal(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, 'east/qpidd.conf');
  });

  test('runs nothing that an input contains', () => {
    const evil = ['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '--', '-x'];
    for (const text of evil) {
      for (const input of Object.keys(action.inputs)) {
        if (input !== 'working-directory') run({ [input]: text });
      }
    }
    assert.ok(!existsSync(join(checkout, 'pwned')));
  });

  test('hands inputs to scripts as environment only', () => {
    assert.equal(action.runs.using, 'composite');
    for (const { run: script } of action.runs.steps) assert.ok(!script.includes('${{'), script);
  });
});
