import assert from 'node:assert/strict';
import {
  chmodSync,
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
import { Ajv } from 'ajv';
import schema from '../../docs/schemas/baseline.schema.json';
import { qpidha } from '../support/command-line';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-baseline-'));
after(() => rmSync(temporary, { recursive: true }));
let folders = 0;

function folderWith(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(resolve(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const lint = (cwd: string, ...args: readonly string[]) => qpidha(['lint', ...args], { cwd });

const faulty = { 'qpidd.conf': 'auth=maybe\nworker-threads=x\n', 'east/qpidd.conf': 'prot=5\n' };

describe('qpidha lint --baseline', () => {
  it('lets only new findings fail, and says how many it hides', async () => {
    const folder = folderWith(faulty);
    const made = await lint(folder, '--baseline', 'known.json', '--update-baseline');
    assert.deepEqual(
      [made.code, made.out, made.err],
      [0, 'No problems in 2 files. The baseline hides 5 more.\n', 'known.json knows 5 findings: 5 more.\n'],
    );
    const known: unknown = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
    const validate = new Ajv().compile(schema);
    assert.ok(validate(known), JSON.stringify(validate.errors));
    writeFileSync(join(folder, 'qpidd.conf'), `# hello\r\n\tnonsense=1\r\n  ${faulty['qpidd.conf']}`);
    const later = await lint(folder, '--baseline', 'known.json', '--format', 'json');
    const { findings, baseline } = JSON.parse(later.out);
    assert.deepEqual(
      [
        later.code,
        later.err,
        findings.map(({ rule }: { readonly rule: string }) => rule),
        baseline.known.length,
      ],
      [1, '', ['conf/blank-around-equals', 'conf/unknown-option', 'conf/blank-around-equals'], 5],
    );
  });

  it('can lie elsewhere, and be used from anywhere', async () => {
    const folder = folderWith(faulty);
    await lint(folder, '--baseline', 'east/known.json', '--update-baseline');
    const text = readFileSync(join(folder, 'east/known.json'), 'utf8');
    assert.deepEqual(Object.keys(JSON.parse(text).files), ['../qpidd.conf', 'qpidd.conf']);
    const other = await lint(join(folder, 'east'), '--baseline', 'known.json', '..');
    assert.deepEqual([other.code, other.err], [0, '']);
    const one = await lint(folder, 'qpidd.conf', '--baseline', 'east/known.json', '--update-baseline');
    assert.deepEqual([one.code, one.err], [0, 'east/known.json knows 5 findings, as before.\n']);
    assert.equal(readFileSync(join(folder, 'east/known.json'), 'utf8'), text);
  });

  it('tells what is gone, fails for it when it is strict, and forgets it when it is told to', async () => {
    const folder = folderWith(faulty);
    await lint(folder, '--baseline', 'known.json', '--update-baseline');
    writeFileSync(join(folder, 'qpidd.conf'), 'auth=maybe\nno\n');
    const gone = 'qpidha lint: 1 finding of known.json is gone: "--prune-baseline" takes it out.\n';
    const told = await lint(folder, '--baseline', 'known.json', '--fail-on', 'never');
    assert.deepEqual([told.code, told.err], [0, gone]);
    const strict = await lint(folder, '--baseline', 'known.json', '--strict-baseline', '--fail-on', 'never');
    assert.deepEqual([strict.code, strict.err], [1, `${gone}  qpidd.conf: conf/bad-integer\n`]);
    const pruned = await lint(folder, '--baseline', 'known.json', '--prune-baseline');
    assert.deepEqual([pruned.code, pruned.err], [1, 'known.json knows 4 findings: 1 less.\n']);
    const again = await lint(folder, '--baseline', 'known.json', '--strict-baseline', '--fail-on', 'never');
    assert.deepEqual([again.code, again.err], [0, '']);
  });

  it('keeps the permissions of the file, and replaces the target of a link', async () => {
    const folder = folderWith({ ...faulty, 'real.json': '{"version": 1, "files": {}}\r\n' });
    chmodSync(join(folder, 'real.json'), 0o640);
    symlinkSync('real.json', join(folder, 'known.json'));
    assert.equal((await lint(folder, '--baseline', 'known.json', '--update-baseline')).code, 0);
    assert.equal(statSync(join(folder, 'real.json')).mode & 0o777, 0o640);
    assert.match(readFileSync(join(folder, 'real.json'), 'utf8'), /bad-boolean/);
    assert.deepEqual(readdirSync(folder).sort(), ['east', 'known.json', 'qpidd.conf', 'real.json']);
  });

  it('holds no text of the files', async () => {
    const folder = folderWith({
      'qpidd.conf': 'ha-password=hunter2#x\nha-brokers-url=u:hunter2@h h\nhunter2\n',
    });
    await lint(folder, '--baseline', 'known.json', '--update-baseline');
    assert.doesNotMatch(readFileSync(join(folder, 'known.json'), 'utf8'), /hunter2|ha-password|brokers-url/);
  });

  const unusable: readonly (readonly [name: string, content: string, line: string])[] = [
    ['an empty file', '', ':1:1: the file is empty, and no baseline.'],
    [
      'half of one',
      '{\n  "version": 1,\n  "files": {\n    "a',
      ':4:7: this is no JSON; the file may be half-written.',
    ],
    [
      'a merge conflict',
      '{\n  "version": 1,\n<<<<<<< ours\n  "files": {}\n}\n',
      ':3:1: this is a marker of an unresolved merge conflict.',
    ],
    [
      'a newer one',
      '{\n  "version": 2,\n  "known": []\n}\n',
      ':2:3: this is version 2 of the format, and this qpidha knows version 1: it needs a newer qpidha.',
    ],
    ['another file', '{"name": "x"}', ':1:1: this is no baseline: it has no "version": 1.'],
    ['a list', '[]', ':1:1: this is no baseline: the file must be an object.'],
    [
      'one with another key',
      '{"version": 1, "files": {}, "x": 1}',
      ':1:29: this is no baseline: it has a key "x".',
    ],
    [
      'one with a wrong count',
      '{"version": 1, "files": {"a": {"b/c": {"0123456789abcdef": 0}}}}',
      ':1:40: the number of findings must be 1 or more.',
    ],
  ];
  for (const [name, content, line] of unusable) {
    it(`exits 2 for ${name}, and leaves it as it is`, async () => {
      const folder = folderWith({ ...faulty, 'known.json': content });
      const { code, out, err } = await lint(folder, '--baseline', 'known.json', '--update-baseline');
      assert.deepEqual([code, out, err], [2, '', `qpidha lint: known.json${line}\n`]);
      assert.equal(readFileSync(join(folder, 'known.json'), 'utf8'), content);
    });
  }

  const refused: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [
      ['--baseline', 'none.json'],
      /^qpidha lint: none\.json does not exist\. "--update-baseline" makes it\.\n$/,
    ],
    [['--baseline', 'none.json', '--prune-baseline'], /none\.json does not exist/],
    [['--baseline', 'east'], /^qpidha lint: east cannot be read: it is a folder\.\n$/],
    [
      ['--baseline', 'no/known.json', '--update-baseline'],
      /no\/known\.json cannot be written: its folder does not exist\.\n$/,
    ],
    [['--update-baseline'], /^qpidha: --update-baseline needs a file\.\n/],
    [['--strict-baseline'], /^qpidha: --strict-baseline needs a file\.\n/],
    [
      ['--baseline', 'k.json', '--update-baseline', '--prune-baseline'],
      /cannot be used with option '--prune-baseline'/,
    ],
  ];
  for (const [args, said] of refused) {
    it(`exits 2 for ${args.join(' ')}`, async () => {
      const { code, err } = await lint(folderWith(faulty), ...args);
      assert.equal(code, 2);
      assert.match(err, said);
    });
  }
});
