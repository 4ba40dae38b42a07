import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { lintCommand } from '../../server/cli/lint/command';
import type { LintCommandOptions } from '../../server/cli/lint/options';

const root = join(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'qpidha-lint-'));
after(() => rmSync(temporary, { recursive: true }));
let folders = 0;

/** A folder of its own with these files. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(resolve(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function lint(cwd: string, paths: readonly string[] = [], options: Partial<LintCommandOptions> = {}) {
  const out: string[] = [];
  const said: string[] = [];
  const code = await lintCommand({
    paths,
    format: 'json',
    failOn: 'error',
    color: false,
    cwd,
    stdout: (text) => out.push(text),
    stderr: (text) => said.push(text),
    ...options,
  });
  return { code, out: out.join(''), said: said.join('') };
}

interface JsonFinding {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

async function findings(cwd: string, ...paths: readonly string[]): Promise<readonly JsonFinding[]> {
  const { out } = await lint(cwd, paths);
  return (JSON.parse(out) as { findings: readonly JsonFinding[] }).findings;
}

function copyOfExample(): string {
  const folder = folderWith({});
  cpSync(join(root, 'examples/two-brokers'), folder, { recursive: true });
  return folder;
}

describe('the example of two brokers', () => {
  it('has one mistake, shown on both sides, and nothing else', async () => {
    const found = await findings(root, 'examples/two-brokers');
    assert.deepEqual(
      found.map(({ file, rule, severity }) => [file, rule, severity]),
      [
        ['examples/two-brokers/node2/qpidd.conf', 'ha/queue-replication-off', 'error'],
        ['examples/two-brokers/replicas.qpid.yaml', 'ha/queue-replication-off', 'error'],
      ],
    );
  });

  it('is right once it is fixed', async () => {
    const folder = copyOfExample();
    const fixed = await lint(folder, [], { fix: true, format: 'text' });
    assert.deepEqual(
      [fixed.code, fixed.out, fixed.said],
      [0, 'No problems in 3 files.\n', 'Applied 1 fix in node2/qpidd.conf.\n'],
    );
    assert.match(
      readFileSync(join(folder, 'node2/qpidd.conf'), 'utf8'),
      /log-enable=notice\+\nha-queue-replication=yes\n$/,
    );
    assert.equal((await lint(folder)).code, 0);
  });
});

describe('qpidha lint', () => {
  it('names files as they would be typed', async () => {
    const folder = copyOfExample();
    assert.equal((await findings(folder))[0]?.file, 'node2/qpidd.conf');
    assert.equal((await findings(join(folder, 'node1'), '..'))[0]?.file, '../node2/qpidd.conf');
    assert.equal((await findings('/', folder))[0]?.file, `${folder}/node2/qpidd.conf`.slice(1));
  });

  it('exits 1 for findings at or above --fail-on', async () => {
    const warning = folderWith({ 'qpidd.conf': 'port=5672\n' });
    const codes = [];
    for (const failOn of ['error', 'warning', 'info', 'never'] as const)
      codes.push((await lint(warning, [], { failOn })).code);
    assert.deepEqual(codes, [0, 1, 1, 0]);
    const error = folderWith({ 'qpidd.conf': 'prot=5672\n' });
    assert.deepEqual([(await lint(error)).code, (await lint(error, [], { failOn: 'never' })).code], [1, 0]);
  });

  it('exits 2 for a path that does not exist, or where there is nothing to check', async () => {
    const folder = folderWith({ 'readme.md': '' });
    const missing = await lint(folder, ['none.conf', 'readme.md']);
    assert.deepEqual(
      [missing.code, missing.out, missing.said],
      [2, '', 'qpidha lint: none.conf does not exist.\n'],
    );
    const nothing = await lint(folder);
    assert.deepEqual([nothing.code, nothing.out], [2, '']);
    assert.match(nothing.said, /nothing to check in \.: no qpidd\.conf/);
  });

  it('exits 3 for a fault of its own, without a stack trace', async () => {
    const folder = folderWith({ 'qpidd.conf': 'port=1\n' });
    const stdout = () => {
      throw new Error('the pipe is broken');
    };
    const { code, said } = await lint(folder, [], { stdout });
    assert.equal(code, 3);
    assert.equal(said, 'qpidha lint: a fault of qpidha itself: the pipe is broken\n');
  });

  it('prints nothing but JSON in that format', async () => {
    const { out, said } = await lint(copyOfExample());
    assert.equal(said, '');
    const keys = ['version', 'tool', 'findings', 'suppressed', 'summary'];
    assert.deepEqual(Object.keys(JSON.parse(out)), keys);
  });

  it('keeps permissions, links, line ends and bytes when it fixes', async () => {
    const folder = folderWith({
      'real.conf': Buffer.from('# caf\xe9\r\nPORT=1\r\nha-queue-replication=yes\r\n', 'latin1'),
    });
    chmodSync(join(folder, 'real.conf'), 0o640);
    symlinkSync('real.conf', join(folder, 'qpidd.conf'));
    const { code } = await lint(folder, [], { fix: true });
    assert.equal(code, 0);
    assert.equal(
      readFileSync(join(folder, 'real.conf'), 'latin1'),
      '# caf\xe9\r\nport=1\r\nha-queue-replication=yes\r\n',
    );
    assert.equal(statSync(join(folder, 'real.conf')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder).sort(), ['qpidd.conf', 'real.conf']);
  });

  it('changes nothing outside of what it was pointed at', async () => {
    const folder = folderWith({
      'victim.txt': 'ha-queue-replication=no\n',
      'in/r.qpid.yaml':
        'version: 1\nbrokers:\n  a: {address: a, config: ../victim.txt}\n  b: {address: b}\nreplications: [{queue: q, from: a, to: b}]\n',
    });
    const { code } = await lint(join(folder, 'in'), [], { fix: true });
    assert.equal(code, 1);
    assert.equal(readFileSync(join(folder, 'victim.txt'), 'utf8'), 'ha-queue-replication=no\n');
  });
});

describe('a file that nobody meant', () => {
  const bomb = Array.from(
    { length: 10 },
    (_, row) => `a${row}: &a${row} [${row === 0 ? 'x' : Array(9).fill(`*a${row - 1}`)}]\n`,
  ).join('');
  const cases: readonly (readonly [
    name: string,
    file: string,
    content: string | Uint8Array,
    message: RegExp,
  ])[] = [
    [
      'a binary configuration',
      'qpidd.conf',
      Buffer.from(Array.from({ length: 4096 }, (_, index) => index % 256)),
      /control characters/,
    ],
    ['an empty configuration', 'qpidd.conf', '', /The file is empty/],
    [
      'a configuration of 10 MB with a mistake at its end',
      'qpidd.conf',
      `ha-queue-replication=yes\n${'# comment\n'.repeat(1_000_000)}port=x\n`,
      /"x" is no value for "port"/,
    ],
    ['a configuration in UTF-16', 'qpidd.conf', Buffer.from('\ufeffport=1\n', 'utf16le'), /UTF-16/],
    [
      'a configuration with a byte order mark',
      'qpidd.conf',
      '\ufeffha-queue-replication=yes\n',
      /byte order mark/,
    ],
    [
      'a configuration with CRLF',
      'qpidd.conf',
      'ha-queue-replication=yes\r\n\r\nport=1\r\n',
      /carriage return/,
    ],
    ['a manifest with tabs', 'r.qpid.yaml', 'version: 1\nbrokers:\n\ta: b\n', /tab cannot indent/],
    [
      'a manifest with a duplicate key',
      'r.qpid.yaml',
      'version: 1\nversion: 1\nbrokers: {a: {address: b}}\n',
      /written twice/,
    ],
    ['a manifest with an alias bomb', 'r.qpid.yaml', bomb, /stand for more than/],
    ['a manifest that is nested deeply', 'r.qpid.yaml', '{a: '.repeat(50_000), /nested too deeply/],
    ['a manifest of 10 MB', 'r.qpid.yaml', 'a: 1\n'.repeat(2_000_000), /file is too large/],
    [
      'a manifest in Latin-1',
      'r.qpid.yaml',
      Buffer.from('version: 1 # \xe9\nbrokers: {a: {address: b}}\n', 'latin1'),
      /no UTF-8/,
    ],
    ['an empty manifest', 'r.qpid.yaml', '', /The manifest is empty/],
  ];
  for (const [name, file, content, message] of cases) {
    it(`gets one message: ${name}`, async () => {
      const folder = folderWith({ [file]: content });
      const found = await findings(folder);
      assert.deepEqual(
        found.map((finding) => finding.file),
        [file],
      );
      assert.match(found[0]?.message ?? '', message);
      const { out, said } = await lint(folder, [], { format: 'text' });
      assert.match(out, new RegExp(`^${file.replaceAll('.', '\\.')}:\\d+:\\d+: (?:error|warning) `));
      assert.doesNotMatch(out + said, /\n {4}at |\x1b/);
    });
  }

  it('shows no password in any format', async () => {
    const folder = folderWith({
      'r.qpid.yaml':
        'version: 1\nbrokers:\n  a:\n    address: u:hunter2@a:999999\n    password: hunter2\n    adress: "u:hunter2@b"\nreplications:\n  - {queue: q, from: "u:hunter2@x", to: a, linkAddress: "u/hunter2@h h"}\n',
      'qpidd.conf':
        'ha-password=hunter2#x\nha-password = hunter2\nha-brokers-url=u:hunter2@h h\nha-passwort=hunter2\nHA_PASSWORD: hunter2\n',
    });
    for (const format of ['text', 'json'] as const) {
      const { out, said } = await lint(folder, [], { format });
      assert.doesNotMatch(out + said, /hunter2/);
    }
  });
});
