import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { schemaFiles } from '../../docs/make-schemas';
import { qpidha, type Run } from '../support/command-line';
import { readXml } from '../support/read-xml';
import { temporaryFolders, writeFiles } from '../support/temporary-folder';

const example = join(import.meta.dirname, '../../examples/cluster-of-three');
const folderOf = temporaryFolders();

const tests = `version: 1
tests:
  - name: the port is as it should be
    expect: { effective: { qpidd.conf: { port: 5672 } } }
  - name: it starts with a port of its own
    given: { qpidd.conf: { environment: { QPID_PORT: 5673 } } }
    expect:
      effective:
        qpidd.conf: { port: 5674, ha-password: geheim2 }
      starts: { qpidd.conf: false }
`;

const files = {
  'qpidd.conf': 'port=5672\nauth=no\nha-password=geheim1\n',
  'all.qpid-test.yaml': tests,
};

const told = ({ code, out, err }: Run) => ({ code, out, err });

test('the example passes, by its own schema, too, and nothing is written', async () => {
  const folder = folderOf({});
  cpSync(example, folder, { recursive: true });
  const look = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => [name, statSync(join(folder, name)).mtimeMs] as const,
    );
  const before = look();
  const run = await qpidha(['test'], { cwd: folder });
  assert.equal(run.code, 0, run.out + run.err);
  assert.match(run.out, /^cluster\.qpid-test\.yaml\n( {2}✔ .+\n)+\n6 passed, 0 failed\.\n$/);
  assert.deepEqual(look(), before);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(schemaFiles['qpid-test.schema.json'] ?? ''));
  assert.ok(
    validate(parse(readFileSync(join(example, 'cluster.qpid-test.yaml'), 'utf8'))),
    JSON.stringify(validate.errors),
  );
});

test('the page shows the example, and what comes of it', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/testing-configurations.md'), 'utf8');
  const shown = [...page.matchAll(/^```yaml\n([^`]*)^```$/gm)].map(([, text = '']) => text);
  const written = readFileSync(join(example, 'cluster.qpid-test.yaml'), 'utf8');
  assert.ok(shown.some((text) => written.endsWith(text.slice(text.indexOf('tests:')))));
  const { out } = await qpidha(['test'], { cwd: example });
  assert.ok(page.includes(out), out);
});

describe('an expectation that does not hold', () => {
  it('is told with its place, what was expected and what was found', async () => {
    assert.deepEqual(told(await qpidha(['test'], { cwd: folderOf(files) })), {
      code: 1,
      err: '',
      out: `all.qpid-test.yaml
  ✔ the port is as it should be
  ✘ it starts with a port of its own
    all.qpid-test.yaml:9:29: qpidd.conf: port
      expected  5674
      found     5673 (QPID_PORT)
    all.qpid-test.yaml:9:48: qpidd.conf: ha-password
      expected  ••••••
      found     •••••• (line 3)
    all.qpid-test.yaml:10:29: qpidd.conf
      expected  the broker refuses to start
      found     the broker starts

1 passed, 1 failed.
`,
    });
  });

  it('is a line in the compact format, which says nothing of what passed', async () => {
    const { code, out } = await qpidha(['test', '--format', 'compact'], { cwd: folderOf(files) });
    assert.equal(code, 1);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines)
      assert.match(
        line,
        /^all\.qpid-test\.yaml:\d+:\d+: error test\/failed: it starts with a port of its own: /,
      );
  });

  it('is in JSON', async () => {
    const { out } = await qpidha(['test', '--format', 'json'], { cwd: folderOf(files) });
    const {
      version,
      files: [file],
      summary,
    } = JSON.parse(out);
    assert.equal(version, 1);
    assert.deepEqual(summary, { passed: 1, failed: 1, filesNotRun: 0 });
    assert.deepEqual(
      file.tests.map(({ outcome }: { outcome: string }) => outcome),
      ['passed', 'failed'],
    );
    assert.deepEqual(file.tests[1].failures[0], {
      line: 9,
      column: 29,
      subject: 'qpidd.conf: port',
      expected: '5674',
      found: '5673 (QPID_PORT)',
      notes: [],
    });
    assert.doesNotMatch(out, /geheim/);
  });

  it('fails its case in JUnit', async () => {
    const { code, out } = await qpidha(['test', '--format', 'junit'], { cwd: folderOf(files) });
    assert.equal(code, 1);
    const root = readXml(out);
    assert.deepEqual(root.attributes, { name: 'qpidha test', tests: '2', failures: '1', errors: '0' });
    const cases = root.children.flatMap((suite) => suite.children);
    assert.deepEqual(
      cases.map((one) => one.children.map(({ name }) => name)),
      [[], ['failure']],
    );
    assert.match(
      cases[1]?.children[0]?.text ?? '',
      /all\.qpid-test\.yaml:9:29: qpidd\.conf: port: expected 5674, /,
    );
    assert.doesNotMatch(out, /geheim/);
  });
});

describe('a file of tests that is wrong', () => {
  const wrong = `version: 1\ntests:\n  - name: it\n    expect: { start: { qpidd.conf: true } }\n`;

  it('is told with its place and its cure, the others are run, and the exit code is 2', async () => {
    const cwd = folderOf({ ...files, 'wrong.qpid-test.yaml': wrong });
    const run = await qpidha(['test'], { cwd });
    assert.equal(run.code, 2);
    assert.match(
      run.out,
      /\nwrong\.qpid-test\.yaml:4:15: error test\/schema: An expectation has no key "start"\. Did you mean "starts"\?\n {3}4 \|.*\n.*\^~~~~\n {2}help: Change "start" to "starts"\n/,
    );
    assert.match(run.out, /\n1 passed, 1 failed, 1 file not run\.\n$/);
    const junit = readXml((await qpidha(['test', '--format', 'junit'], { cwd })).out);
    assert.deepEqual(junit.attributes, { name: 'qpidha test', tests: '3', failures: '1', errors: '1' });
  });
});

describe('which tests are run', () => {
  it('are those of the folder that git does not ignore', async () => {
    const cwd = folderOf({
      ...files,
      'all.qpid-test.yaml': '',
      '.git/HEAD': '',
      '.gitignore': '/all*\n',
      'sub/b.qpid-test.yml': tests.replaceAll('qpidd.conf', '../qpidd.conf'),
      'sub/.hidden/c.qpid-test.yaml': '',
      'node_modules/d/e.qpid-test.yaml': '',
    });
    const { out } = await qpidha(['test'], { cwd });
    assert.match(out, /^sub\/b\.qpid-test\.yml\n[\s\S]*\n1 passed, 1 failed\.\n$/);
    assert.doesNotMatch(out, /qpid-test\.yaml/);
  });

  it('are those of files that are named, whatever their names, of folders and of patterns', async () => {
    const cwd = folderOf({ 'qpidd.conf': files['qpidd.conf'], 'one.yaml': tests });
    writeFiles(cwd, { 'sub/two.qpid-test.yaml': tests.replaceAll('qpidd.conf', '../qpidd.conf') });
    assert.match(
      (await qpidha(['test', 'one.yaml', 'sub', '*/*.yaml'], { cwd })).out,
      /2 passed, 2 failed\.\n$/,
    );
  });

  it('can be chosen by a part of their names', async () => {
    const run = await qpidha(['test', '--filter', 'AS it'], { cwd: folderOf(files) });
    assert.equal(run.code, 0);
    assert.match(run.out, /1 passed, 0 failed/);
  });

  const nothing: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--filter', 'nonsense'], /^qpidha: No test has "nonsense" in its name\.$/m],
    [['nowhere'], /nowhere does not exist/],
    [['*.none'], /\*\.none fits no file/],
    [['empty'], /There are no tests in empty/],
    [['--format', 'xml'], /Allowed choices are text, compact, json, junit/],
  ];
  for (const [args, message] of nothing) {
    it(`are none with ${args.join(' ')}: that is said`, async () => {
      const run = await qpidha(['test', ...args], { cwd: folderOf({ ...files, 'empty/x': '' }) });
      assert.equal(run.code, 2);
      assert.match(run.err, message);
      assert.equal(run.out, '');
    });
  }
});
