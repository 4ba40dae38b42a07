import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it, mock } from 'node:test';
import { cacheFolder } from '../../server/cli/lint/cache/place';
import { limits, load, save } from '../../server/cli/lint/cache/store';
import { RecordedFiles } from '../../server/cli/lint/cache/trace';
import { lintCommand } from '../../server/cli/lint/command';
import type { LintCommandOptions } from '../../server/cli/lint/options';
import { nodeFileSystem } from '../../server/project/node-file-system';
import { formatNames } from '../../server/report/formats';
import fc from '../support/fast-check';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-cache-'));
after(() => rmSync(temporary, { recursive: true }));
let folders = 0;

function newFolder(files: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  return folder;
}

/** A folder of which nothing above it is looked at. */
function newRepository(files: Readonly<Record<string, string>> = {}): string {
  return newFolder({ '.git/HEAD': 'ref: refs/heads/main\n', ...files });
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** All that a run says, in all formats. */
async function lint(cwd: string, options: Partial<LintCommandOptions> = {}) {
  const reports = newFolder();
  const files = formatNames.map((format) => ({ format, path: join(reports, format) }));
  const out: string[] = [];
  const said: string[] = [];
  const code = await lintCommand({
    paths: [],
    format: 'text',
    files,
    failOn: 'error',
    color: false,
    cwd,
    stdout: (text) => out.push(text),
    stderr: (text) => said.push(text),
    ...options,
  });
  const texts = formatNames.map((name) =>
    existsSync(join(reports, name)) ? readFileSync(join(reports, name), 'utf8') : undefined,
  );
  return { code, out: out.join(''), said: said.join(''), texts };
}

function cacheFiles(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function onlyCacheFile(folder: string): string {
  const [path, ...others] = cacheFiles(folder);
  assert.ok(path !== undefined && others.length === 0, 'one file is kept');
  return path;
}

/** True where a run took its result from the cache: then it writes nothing. */
async function isTaken(cwd: string, folder: string, options: Partial<LintCommandOptions> = {}) {
  const long = new Date(0);
  for (const path of cacheFiles(folder)) utimesSync(path, long, long);
  const count = cacheFiles(folder).length;
  await lint(cwd, { keeps: { folder }, ...options });
  const now = cacheFiles(folder);
  return now.length === count && now.every((path) => statSync(path).mtimeMs === 0);
}

const names = ['qpidd.conf', 'east/qpidd.conf', 'west/qpidd.conf', 'replicas.qpid.yaml', 'east/more.conf'];

const manifest = `version: 1
brokers:
  east: {address: east, config: east/qpidd.conf}
  west: {address: "west:5672", config: west/qpidd.conf}
replications:
  - {queue: orders, from: east, to: west}
`;

const contents = [
  'ha-queue-replication=yes\n',
  'ha-cluster=yes\nha-brokers-url=a,b\nha-password=hunter2\nport = 5672\n',
  '# qpidha: disable-file ha/* -- for a test until 2031-01-01\nha-cluster=yes\nha-queue-replication=yes\n',
  'auth=maybe\nha-queue-replication=no\nlog-enable=trace+\n',
  '',
  manifest,
  manifest.replace('"west:5672"', 'user:secret@west'),
  manifest.replace('replications:', 'replication:'),
  'version: 1\nbrokers: [\n',
  '\ufeffport=5672\n',
];

const configs = [
  'version: 1\n',
  'version: 1\nrules:\n  ha/queue-replication-off: warning\n',
  'version: 1\nignore: [east/**]\n',
  'version: 1\nrules: {none/such: off}\n',
  'version: 1\nbroker: "0.34"\n',
];

interface Edit {
  readonly name: string;
  /** Undefined: it is deleted. */
  readonly text?: string | undefined;
  readonly mode: number;
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      name: fc.constantFrom(...names),
      text: fc.constantFrom(...contents),
      mode: fc.constantFrom(0o644, 0o600, 0o666),
    }),
  },
  { weight: 2, arbitrary: fc.record({ name: fc.constantFrom(...names), mode: fc.constant(0) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constant('qpidha.config.yaml'),
      text: fc.option(fc.constantFrom(...configs), { nil: undefined }),
      mode: fc.constant(0o644),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      name: fc.constant('.gitignore'),
      text: fc.constantFrom('west/\n', '*.conf\n', '', '!east\n'),
      mode: fc.constant(0o644),
    }),
  },
);

function make(folder: string, { name, text, mode }: Edit): void {
  if (text === undefined) {
    rmSync(join(folder, name), { force: true });
    return;
  }
  write(folder, name, text);
  chmodSync(join(folder, name), mode);
}

describe('The cache of qpidha lint', () => {
  it('changes no report, in no format, whatever is edited', async () => {
    const ways: readonly Partial<LintCommandOptions>[] = [
      {},
      { paths: ['east'] },
      { paths: ['replicas.qpid.yaml'] },
      { inlineConfig: false },
      { rules: ['ha/queue-replication-off=off'] },
      { gitIgnore: false },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(edit, fc.constantFrom(...ways)), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          const cwd = newRepository({ 'qpidd.conf': contents[1] ?? '', 'replicas.qpid.yaml': manifest });
          const folder = newFolder();
          for (const [change, way] of steps) {
            make(cwd, change);
            const plain = await lint(cwd, way);
            assert.deepEqual(await lint(cwd, { ...way, keeps: { folder } }), plain);
            assert.deepEqual(await lint(cwd, { ...way, keeps: { folder } }), plain);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('changes nothing about a baseline', async () => {
    const cwd = newRepository({ 'qpidd.conf': 'ha-queue-replication=no\nauth=maybe\n' });
    const folder = newFolder();
    const path = join(newFolder(), 'known.json');
    await lint(cwd, { baseline: { path, change: 'update' }, keeps: { folder } });
    write(cwd, 'qpidd.conf', 'ha-queue-replication=no\nport=x\n');
    for (const strict of [false, true]) {
      const plain = await lint(cwd, { baseline: { path, strict } });
      assert.match(plain.said, /1 finding of .* is gone/);
      for (let time = 0; time < 2; time += 1)
        assert.deepEqual(await lint(cwd, { baseline: { path, strict }, keeps: { folder } }), plain);
    }
    assert.equal(await isTaken(cwd, folder, { baseline: { path } }), true);
  });

  it('is taken where nothing changed, in any format, and not where something did', async () => {
    const cwd = newRepository({ 'east/qpidd.conf': 'auth=maybe\n', 'replicas.qpid.yaml': manifest });
    const folder = newFolder();
    assert.equal(await isTaken(cwd, folder), false);
    assert.equal(await isTaken(cwd, folder), true);
    assert.equal(await isTaken(cwd, folder, { format: 'sarif', files: [] }), true);
    assert.equal(await isTaken(cwd, folder, { inlineConfig: false }), false, 'other options');
    write(cwd, 'README.md', 'Nothing that is checked, and still a new file.\n');
    assert.equal(await isTaken(cwd, folder), false, 'a new file');
    write(cwd, 'west/qpidd.conf', 'port=1\n');
    assert.equal(await isTaken(cwd, folder), false, 'a new file that is checked');
    chmodSync(join(cwd, 'east/qpidd.conf'), 0o640);
    await lint(cwd, { keeps: { folder } });
    assert.equal(await isTaken(cwd, folder), true);
  });

  it('is a new one each day, for comments may have expired', async () => {
    const cwd = newRepository({
      'qpidd.conf': '# qpidha: disable-next-line conf/bad-boolean -- see until 2030-05-01\nauth=maybe\n',
    });
    const folder = newFolder();
    try {
      mock.timers.enable({ apis: ['Date'], now: Date.parse('2030-05-01T23:59:00Z') });
      await lint(cwd, { keeps: { folder } });
      mock.timers.setTime(Date.parse('2030-05-02T00:01:00Z'));
      assert.match((await lint(cwd, { keeps: { folder } })).out, /conf\/bad-boolean/);
    } finally {
      mock.timers.reset();
    }
  });

  it('is as good as none where it is broken, wherever that is', async () => {
    const cwd = newRepository({ 'qpidd.conf': 'auth=maybe\nport = 1\n', 'replicas.qpid.yaml': manifest });
    const folder = newFolder();
    const plain = await lint(cwd, { keeps: { folder } });
    const path = onlyCacheFile(folder);
    const bytes = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, bits, isCut) => {
          const broken = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
          if (!isCut) broken[at] = (broken[at] ?? 0) ^ bits;
          writeFileSync(path, broken);
          assert.deepEqual(await lint(cwd, { keeps: { folder } }), plain);
          assert.deepEqual(readFileSync(path), bytes);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is not written where a file changes while it is checked', () => {
    let times = 0;
    const files = new RecordedFiles({
      ...nodeFileSystem,
      list: () => {
        times += 1;
        return [{ name: `new-${times}`, kind: 'file' as const }];
      },
    });
    files.list('file:///a');
    files.list('file:///b');
    assert.equal(files.trace?.length, 2);
    files.list('file:///a');
    assert.equal(files.trace, undefined);
  });

  it('holds no password and no text of the files, and is nobody else’s to read', async () => {
    const password = 'correct-horse-battery';
    const cwd = newRepository({
      'qpidd.conf': `ha-password=${password}\n# qpidha: disable-next-line conf/bad-boolean -- as amqp://me:${password}@host says\nauth=maybe\n`,
      'replicas.qpid.yaml': manifest.replace('"west:5672"', `"me:${password}@west"`),
    });
    const folder = join(newFolder(), 'made');
    await lint(cwd, { keeps: { folder } });
    for (const path of cacheFiles(folder)) assert.doesNotMatch(readFileSync(path, 'utf8'), /correct-horse/);
    write(cwd, 'qpidd.conf', `ha-password=${password}\nport = 5672\n`);
    await lint(cwd, { keeps: { folder } });
    for (const path of cacheFiles(folder)) {
      assert.doesNotMatch(readFileSync(path, 'utf8'), /correct-horse/);
      assert.equal(statSync(path).mode & 0o777, 0o600);
    }
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  it('is said in one line to be unwritable, and the files are checked all the same', async () => {
    const cwd = newRepository({ 'qpidd.conf': 'auth=maybe\n' });
    const file = join(newFolder({ taken: '' }), 'taken');
    const plain = await lint(cwd);
    const { said, ...rest } = await lint(cwd, { keeps: { folder: file } });
    assert.match(said, /^qpidha lint: the cache in .*taken cannot be written: .*\.\n$/);
    assert.deepEqual({ ...rest, said: '' }, plain);
  });
});

describe('The store', () => {
  it('gives back what was kept under the same key, and nothing else', () => {
    const folder = newFolder();
    assert.equal(load(folder, 'a'), undefined);
    assert.equal(save(folder, 'a', { lone: '\ud800', list: [1] }), undefined);
    assert.deepEqual(load(folder, 'a'), { lone: '\ud800', list: [1] });
    assert.equal(load(folder, 'b'), undefined);
    writeFileSync(onlyCacheFile(folder), 'qpidha-lint-cache\n{}');
    assert.equal(load(folder, 'a'), undefined);
  });

  it('keeps the newest, and touches no file of others', () => {
    const folder = newFolder({ 'mine.cache': 'x', 'lint-notes.txt': 'y' });
    for (let index = 0; index < limits.files + 3; index += 1) {
      save(folder, `key ${index}`, index);
      for (const path of cacheFiles(folder)) {
        const { mtimeMs } = statSync(path);
        utimesSync(path, mtimeMs / 1000 - 10, mtimeMs / 1000 - 10);
      }
    }
    assert.equal(cacheFiles(folder).length, limits.files + 2);
    assert.equal(load(folder, 'key 0'), undefined);
    assert.equal(load(folder, `key ${limits.files + 2}`), limits.files + 2);
    assert.ok(existsSync(join(folder, 'mine.cache')) && existsSync(join(folder, 'lint-notes.txt')));
  });
});

describe('The place of the cache', () => {
  it('is the nearest node_modules of the repository, or the cache folder of the user', () => {
    const cwd = newRepository({ 'node_modules/x/index.js': '', 'sub/folder/a.txt': '' });
    const bare = newRepository();
    const environment = { XDG_CACHE_HOME: '/var/cache/me' };
    const cases: readonly (readonly [string | undefined, string, string])[] = [
      [undefined, cwd, join(cwd, 'node_modules/.cache/qpidha')],
      [undefined, join(cwd, 'sub/folder'), join(cwd, 'node_modules/.cache/qpidha')],
      [undefined, bare, '/var/cache/me/qpidha'],
      ['here', cwd, join(cwd, 'here')],
    ];
    for (const [named, from, expected] of cases)
      assert.equal(cacheFolder(named, from, environment), expected);
    assert.doesNotMatch(cacheFolder(undefined, bare, { XDG_CACHE_HOME: 'relative' }), /relative/);
  });
});
