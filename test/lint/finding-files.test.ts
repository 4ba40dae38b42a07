import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lintCommand } from '../../server/cli/lint/command';
import type { LintCommandOptions } from '../../server/cli/lint/options';
import { maximumBytes } from '../../server/project/file-system';
import { type FilesOnDisk, temporaryFolders } from '../support/temporary-folder';

const folderWith = temporaryFolders();

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

function piped(...parts: readonly (string | Uint8Array)[]): Partial<LintCommandOptions> {
  return {
    async *stdin() {
      for (const part of parts) yield Buffer.from(part);
    },
  };
}

interface JsonFinding {
  readonly file: string;
  readonly rule: string;
}

function findingsIn(out: string): readonly JsonFinding[] {
  return (JSON.parse(out) as { findings: readonly JsonFinding[] }).findings;
}

async function listed(cwd: string, paths: readonly string[] = [], options: Partial<LintCommandOptions> = {}) {
  const { out } = await lint(cwd, paths, { listFiles: 'names', ...options });
  return out.split('\n').filter((line) => line !== '');
}

const broker = 'ha-queue-replication=yes\nauth=no\n';
const member = 'ha-cluster=yes\nha-brokers-url=a,b\nha-replicate=all\n';
const manifest = (config: string) =>
  `version: 1\nbrokers:\n  a: {address: a, config: ${config}}\n  b: {address: b}\nreplications: [{queue: q, from: a, to: b}]\n`;

describe('qpidha lint without arguments', () => {
  it('finds files by name and by content, and says why', async () => {
    const folder = folderWith({
      'east/qpidd.conf': broker,
      'east/broker-a.conf': broker,
      'etc/qpid/node1': broker,
      'all.yaml': manifest('mq.txt'),
      'mq.txt': broker,
      'nginx.conf': 'server {\n}\n',
      'compose.yaml': 'services: {}\n',
      'supervisor/qpidd.conf': '[program:qpidd]\ncommand=/usr/sbin/qpidd\n',
      'qpidd.conf.bak': broker,
    });
    const { out } = await lint(folder, [], { listFiles: 'reasons' });
    assert.deepEqual(out.trimEnd().split('\n'), [
      'all.yaml\tby its content',
      'east/broker-a.conf\tby its content',
      'east/qpidd.conf\tby its name',
      'etc/qpid/node1\tby its content',
      'mq.txt\tnamed by a manifest or a configuration',
    ]);
  });

  it('checks below the current folder, and judges by the whole work tree', async () => {
    const folder = folderWith({
      'deploy/all.qpid.yaml': manifest('../hosts/a/qpidd.conf'),
      'hosts/a/qpidd.conf': 'ha-queue-replication=no\n',
    });
    execFileSync('git', ['-C', folder, 'init', '-q']);
    const { out } = await lint(join(folder, 'hosts'));
    const all = findingsIn((await lint(folder)).out).filter(({ file }) => file.startsWith('hosts/'));
    assert.deepEqual(
      findingsIn(out).map(({ file, rule }) => [`hosts/${file}`, rule]),
      all.map(({ file, rule }) => [file, rule]),
    );
    assert.ok(findingsIn(out).some(({ rule }) => rule === 'ha/queue-replication-off'));
  });

  it('passes over what git ignores, unless it is named or that is not wanted', async () => {
    const folder = folderWith({ '.gitignore': 'old/\n', 'old/qpidd.conf': broker, 'qpidd.conf': broker });
    execFileSync('git', ['-C', folder, 'init', '-q']);
    assert.deepEqual(await listed(folder), ['qpidd.conf']);
    assert.deepEqual(await listed(folder, [], { gitIgnore: false }), ['old/qpidd.conf', 'qpidd.conf']);
    for (const path of ['old', 'old/qpidd.conf', 'old/*.conf', '**/old/*'])
      assert.deepEqual(await listed(folder, [path]), ['old/qpidd.conf'], path);
  });

  it('tells in a line what it could not look at', { skip: process.getuid?.() === 0 }, async () => {
    const folder = folderWith({ 'qpidd.conf': broker, 'closed/qpidd.conf': broker });
    chmodSync(join(folder, 'closed'), 0);
    const { said } = await lint(folder);
    chmodSync(join(folder, 'closed'), 0o700);
    assert.equal(said, 'qpidha lint: closed left out: permissions forbid to look into it.\n');
  });

  it('is not harmed by pipes, links in circles and names without a meaning', {
    skip: process.platform !== 'linux',
  }, async () => {
    const folder = folderWith({ 'a/qpidd.conf': broker, 'a/qpidd-\n.conf': broker });
    execFileSync('mkfifo', [join(folder, 'a/qpidd-pipe.conf'), join(folder, 'a/node1')]);
    symlinkSync('..', join(folder, 'a/up'));
    symlinkSync('round.conf', join(folder, 'a/round.conf'));
    symlinkSync('/dev/zero', join(folder, 'a/qpidd-zero.conf'));
    execFileSync('bash', ['-c', `touch '${folder}/a/'$'qpidd-\\xff.conf'`]);
    const { out, said } = await lint(folder, [], { listFiles: 'names' });
    assert.equal(out, 'a/qpidd-\\x0a.conf\na/qpidd.conf\n');
    assert.equal(said, 'qpidha lint: 1 file or folder was left out: the name is no UTF-8.\n');
  });
});

describe('a pattern that no shell has expanded', () => {
  const files = {
    'east/a.conf': broker,
    'east/deep/b.conf': broker,
    'east/readme.md': 'x',
    'east/.hidden/c.conf': broker,
    'east/node_modules/d.conf': broker,
    '[x].conf': broker,
    'x.conf': broker,
  };
  const cases: readonly (readonly [pattern: string, found: readonly string[]])[] = [
    ['east/**/*.conf', ['east/a.conf', 'east/deep/b.conf']],
    ['east/*.conf', ['east/a.conf']],
    ['./east/?.conf', ['east/a.conf']],
    ['{east,west}/*.conf', ['east/a.conf']],
    ['e*', ['east/a.conf', 'east/deep/b.conf']],
    ['east/**', ['east/a.conf', 'east/deep/b.conf']],
    ['[x].conf', ['[x].conf']],
    ['[xy].conf', ['x.conf']],
    ['east/.*/*.conf', ['east/.hidden/c.conf']],
    ['east/node_modules/*.conf', ['east/node_modules/d.conf']],
  ];
  for (const [pattern, found] of cases)
    it(`fits what a shell would find: ${pattern}`, async () => {
      const folder = folderWith(files);
      assert.deepEqual(await listed(folder, [pattern]), found);
      assert.deepEqual(
        await listed(join(folder, 'east'), [join(folder, pattern)]).then((all) => all.length),
        found.length,
      );
    });

  it('is an error where it fits nothing', async () => {
    const { code, out, said } = await lint(folderWith(files), ['west/*.conf', '[z']);
    assert.deepEqual([code, out], [2, '']);
    assert.equal(said, 'qpidha lint: west/*.conf fits no file.\nqpidha lint: [z does not exist.\n');
  });
});

describe('the standard input', () => {
  const files = { 'all.qpid.yaml': manifest('a/qpidd.conf'), 'a/qpidd.conf': broker, 'b.txt': '' };

  it('is checked in the place of the file whose name it has', async () => {
    const folder = folderWith(files);
    const edited = 'ha-queue-replication=no\nauth=no\n';
    const { out, code } = await lint(folder, ['-'], { stdinFilename: 'a/qpidd.conf', ...piped(edited) });
    const other = folderWith({ ...files, 'a/qpidd.conf': edited });
    assert.equal(out, (await lint(other, ['a/qpidd.conf'])).out);
    assert.equal(code, 1);
    assert.equal(readFileSync(join(folder, 'a/qpidd.conf'), 'utf8'), broker);
  });

  it('may stand for a file that is not there', async () => {
    const folder = folderWith(files);
    rmSync(join(folder, 'a'), { recursive: true });
    const { out } = await lint(folder, ['-'], { stdinFilename: 'a/qpidd.conf', ...piped('auth=no\n') });
    assert.equal(
      out,
      (await lint(folderWith({ ...files, 'a/qpidd.conf': 'auth=no\n' }), ['a/qpidd.conf'])).out,
    );
  });

  it('without a name is a manifest or a qpidd.conf by what it says', async () => {
    const folder = folderWith(files);
    const cases: readonly (readonly [text: string, rule: string])[] = [
      ['prot=1\n', 'conf/unknown-option'],
      ['', 'conf/empty-file'],
      ['version: 1\nbrokers: {a: {address: b}}\nx: 1\n', 'manifest/schema'],
      [
        'version: 1\nbrokers: {a: {address: b}}\nreplications: [{queue: q, from: a, to: c}]\n',
        'manifest/unknown-broker',
      ],
      ['\0\0\0\0', 'conf/not-text'],
    ];
    for (const [text, rule] of cases) {
      const [first] = findingsIn((await lint(folder, ['-'], piped(text))).out);
      assert.deepEqual([first?.file, first?.rule], ['<stdin>', rule], text);
    }
  });

  it('has the language of the name that it is given', async () => {
    const folder = folderWith(files);
    const found = await lint(folder, ['-'], { stdinFilename: 'x.qpid.yaml', ...piped('port=1\n') });
    assert.match(findingsIn(found.out)[0]?.rule ?? '', /^manifest\//);
  });

  it('may be too large', async () => {
    const half = new Uint8Array(maximumBytes / 2 + 1);
    const { out } = await lint(folderWith(files), ['-'], piped(half, half, half));
    assert.deepEqual(
      findingsIn(out).map(({ rule }) => rule),
      ['file/not-read'],
    );
  });

  it('is told from a file of that name, and goes with other files', async () => {
    const folder = folderWith({ '-': 'prot=1\n', 'qpidd.conf': 'prto=1\n' });
    assert.equal(findingsIn((await lint(folder, ['./-'])).out)[0]?.file, '-');
    const { out } = await lint(folder, ['-', 'qpidd.conf'], piped('potr=1\n'));
    const files = new Set(findingsIn(out).map(({ file }) => file));
    assert.deepEqual([...files].sort(), ['<stdin>', 'qpidd.conf']);
  });

  const misuses: readonly (readonly [
    what: string,
    paths: readonly string[],
    options: Partial<LintCommandOptions>,
    said: RegExp,
  ])[] = [
    ['a name without it', ['a'], { stdinFilename: 'x' }, /add "-" to the arguments/],
    ['a folder as its name', ['-'], { stdinFilename: 'a' }, /is a folder/],
    ['fixes that have nowhere to go', ['-'], { fix: true }, /"--fix --dry-run" prints a diff/],
    [
      'one that cannot be read',
      ['-'],
      {
        // biome-ignore lint/correctness/useYield: it fails before.
        async *stdin() {
          throw Object.assign(new Error('x'), { code: 'EIO' });
        },
      },
      /standard input cannot be read \(EIO\)/,
    ],
  ];
  for (const [what, paths, options, expected] of misuses)
    it(`is refused with a sentence: ${what}`, async () => {
      const { code, out, said } = await lint(folderWith(files), paths, { ...piped(broker), ...options });
      assert.deepEqual([code, out], [2, '']);
      assert.match(said, expected);
      assert.equal(said.split('\n').length, 2);
    });
});

describe('files that are named', () => {
  const projects: Readonly<Record<string, FilesOnDisk>> = {
    'brokers of a manifest': { 'all.qpid.yaml': manifest('a/qpidd.conf'), 'a/qpidd.conf': 'auth=no\n' },
    'a manifest in another folder': {
      'deploy/x/all.qpid.yaml': manifest('../../hosts/a.conf'),
      'hosts/a.conf': 'auth=no\nlog-enable=info+\nacl-file=/x\n',
    },
    'a cluster that disagrees': {
      'qpidha.config.yaml': 'version: 1\nclusters:\n  c: [a/qpidd.conf, b/qpidd.conf]\n',
      'a/qpidd.conf': member,
      'b/qpidd.conf': member.replace('all', 'none'),
    },
    'a configuration within another': {
      'qpidha.config.yaml': 'version: 1\nclusters:\n  c: [a/qpidd.conf, b/qpidd.conf]\nignore: [old/]\n',
      'b/qpidha.config.yaml': 'version: 1\nrules: {"ha/*": info}\n',
      'a/qpidd.conf': member,
      'b/qpidd.conf': member.replace('all', 'none'),
      'old/qpidd.conf': 'x\n',
    },
    'comments that hide what is found between files': {
      'all.qpid.yaml': manifest('a.conf'),
      'a.conf':
        'auth=no # qpidha: disable-file ha/queue-replication-off -- x\nacl-file=/x\nlog-enable=info+\n',
      'b/qpidd.conf': '# qpidha: disable-next-line ha/queue-replication-off -- x\nport=1\n',
    },
  };
  for (const [what, files] of Object.entries(projects))
    for (const isWorkTree of [false, true])
      it(`have the findings that they have among all: ${what}${isWorkTree ? ', in a work tree' : ''}`, async () => {
        const folder = folderWith(files);
        if (isWorkTree) execFileSync('git', ['-C', folder, 'init', '-q']);
        const all = findingsIn((await lint(folder)).out);
        assert.ok(all.length > 0);
        for (const name of await listed(folder)) {
          const expected = all.filter(({ file }) => file === name);
          assert.deepEqual(findingsIn((await lint(folder, [name])).out), expected, name);
          if (isWorkTree) {
            const elsewhere = findingsIn((await lint('/', [join(folder, name)])).out);
            assert.deepEqual(
              elsewhere.map(({ rule }) => rule),
              expected.map(({ rule }) => rule),
              name,
            );
          }
        }
      });

  it('are the only ones that are fixed', async () => {
    const files = { 'a/qpidd.conf': 'PORT=1\n', 'b/qpidd.conf': 'PORT=1\n' };
    const folder = folderWith(files);
    await lint(folder, ['a/qpidd.conf'], { fix: true });
    assert.match(readFileSync(join(folder, 'a/qpidd.conf'), 'utf8'), /^port=1\n/);
    assert.equal(readFileSync(join(folder, 'b/qpidd.conf'), 'utf8'), 'PORT=1\n');
  });

  it('are told to be wrong with their configuration, and not with others', async () => {
    const wrong = 'version: 1\nrules: {conf/nothing: error}\n';
    const folder = folderWith({
      'a/qpidd.conf': broker,
      'a/qpidha.config.yaml': wrong,
      'b/qpidd.conf': broker,
    });
    assert.equal((await lint(folder, ['a/qpidd.conf'])).code, 2);
    assert.equal((await lint(folder, ['b/qpidd.conf'])).code, 0);
  });
});
