import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { qpidha } from '../support/command-line';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-config-'));
after(() => rmSync(temporary, { recursive: true }));
let folders = 0;

function folderWith(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  for (const [name, content] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const duplicate = 'ha-queue-replication=yes\nport=1\nport=2\n';
const off = 'version: 1\nrules: {conf/duplicate-setting: off}\n';

/** The exit code, and the severities and rules that are reported. */
async function lint(cwd: string, ...args: readonly string[]) {
  const { code, out, err } = await qpidha(['lint', '--format', 'json', ...args], { cwd });
  const findings =
    out === ''
      ? []
      : (JSON.parse(out) as { findings: readonly { severity: string; rule: string }[] }).findings;
  return { code, err, found: findings.map(({ severity, rule }) => `${severity} ${rule}`) };
}

describe('qpidha lint', () => {
  it('can be told to look for no configuration', async () => {
    const folder = folderWith({ 'qpidha.config.yaml': off, 'qpidd.conf': duplicate });
    assert.deepEqual(await lint(folder), { code: 0, err: '', found: [] });
    const found = ['error conf/duplicate-setting'];
    assert.deepEqual(await lint(folder, '--no-config'), { code: 1, err: '', found });
  });

  it('can be told which configuration counts for all files, with globs from where it is run', async () => {
    const folder = folderWith({
      'ci/lint.yaml': 'version: 1\noverrides: [{files: a/*, rules: {conf/*: off}}]\n',
      'a/qpidd.conf': duplicate,
      'b/qpidha.config.yaml': off,
      'b/qpidd.conf': duplicate,
    });
    const { found } = await lint(folder, '--config', 'ci/lint.yaml');
    assert.deepEqual(found, ['error conf/duplicate-setting']);
    assert.deepEqual((await lint(folder, '--config', 'ci/lint.yaml', 'a')).found, []);
  });

  it('ends with 2 where a configuration is wrong, in a dry run of --fix as well, and says so', async () => {
    const folder = folderWith({
      'qpidha.config.yaml': 'version: 1\nrules: {conf/*: loud}\n',
      'qpidd.conf': 'port = 1\nha-queue-replication=yes\n',
    });
    for (const args of [[], ['--fix', '--dry-run'], ['--fix']]) {
      const { code, err } = await qpidha(['lint', '--fail-on', 'never', ...args], { cwd: folder });
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /qpidha\.config\.yaml is wrong/);
    }
  });

  it('ends with 2 where there is nothing to check, in a dry run of --fix as well', async () => {
    const { code, err } = await qpidha(['lint', '--fix', '--dry-run'], { cwd: folderWith({}) });
    assert.equal(code, 2);
    assert.match(err, /nothing to check/);
  });

  it('takes levels of rules that count more than all configurations', async () => {
    const folder = folderWith({ 'qpidha.config.yaml': off, 'qpidd.conf': duplicate });
    const level = async (...rules: readonly string[]) =>
      (await lint(folder, ...rules.flatMap((rule) => ['--rule', rule]))).found;
    assert.deepEqual(await level('conf/duplicate-setting=info'), ['info conf/duplicate-setting']);
    assert.deepEqual(await level('conf/*=warning'), ['warning conf/duplicate-setting']);
    const later = ['conf/duplicate-setting=info', 'conf/duplicate-setting=error'];
    assert.deepEqual(await level(...later), ['error conf/duplicate-setting']);
  });

  for (const [args, message] of [
    [
      ['--rule', 'conf/duplicate-settings=off'],
      /There is no rule .*: did you mean "conf\/duplicate-setting"\?/,
    ],
    [['--rule', 'no/such=off'], /There is no rule "no\/such"\.$/m],
    [['--rule', 'conf/duplicate-setting'], /is no rule with its level: write it as in/],
    [
      ['--rule', 'conf/duplicate-setting=on'],
      /"on" is no level of a rule: there are off, info, warning and error/,
    ],
    [['--rule', 'config/schema=off'], /"config\/schema" is always an error/],
    [['--config', 'gone.yaml'], /The configuration gone\.yaml does not exist/],
    [['--config', '.'], /The configuration \. cannot be read/],
  ] as const) {
    it(`exits 2 for ${args.join(' ')}`, async () => {
      const { code, err, found } = await lint(folderWith({ 'qpidd.conf': duplicate }), ...args);
      assert.deepEqual([code, found], [2, []]);
      assert.match(err, message);
      assert.equal(err.trimEnd().split('\n').length, 1);
    });
  }

  for (const [what, configuration, rule] of [
    ['names an unknown rule', 'version: 1\nrules: {no/such: off}\n', 'config/unknown-rule'],
    ['has a value of the wrong type', 'version: 1\nrules: off\n', 'config/schema'],
    ['is no YAML', 'version: [\n', 'config/syntax'],
    ['builds on what is not there', 'version: 1\nextends: gone.yaml\n', 'config/extends'],
    ['has members that are not there', 'version: 1\nclusters: {e: [gone.conf]}\n', 'config/member-missing'],
  ] as const) {
    it(`exits 2 where the configuration ${what}, whatever --fail-on says`, async () => {
      const folder = folderWith({ 'qpidha.config.yaml': configuration, 'qpidd.conf': 'auth=no\n' });
      const { code, err, found } = await lint(folder, '--fail-on', 'never');
      assert.equal(code, 2);
      assert.deepEqual(
        found.filter((one) => one.includes('config/')),
        [`error ${rule}`],
      );
      assert.match(err, /^qpidha lint: The configuration qpidha\.config\.yaml is wrong: [^\n]+\n$/);
    });
  }

  const isRoot = process.getuid?.() === 0;
  it('exits 2 where the configuration may not be read', { skip: isRoot && 'root may read all' }, async () => {
    const folder = folderWith({ 'qpidha.config.yaml': off, 'qpidd.conf': 'auth=no\n' });
    chmodSync(join(folder, 'qpidha.config.yaml'), 0);
    assert.equal((await lint(folder, '--fail-on', 'never')).code, 2);
  });
});

describe('qpidha lint --print-config', () => {
  it('tells what holds for a file, whether it is there or not', async () => {
    const cwd = folderWith({
      'qpidha.config.yaml':
        'version: 1\nextends: p/base.yaml\noverrides: [{files: a, rules: {conf/empty-file: off}}]\nignore: [a/x.conf]\n',
      'p/base.yaml':
        'version: 1\nbroker: "1.36"\nrules: {ha/both-modes: error}\npolicy: {require: {auth: [yes, no]}, forbid: [trace]}\n',
    });
    const args = ['lint', '--print-config', 'a/x.conf', '--rule', 'ha/two-members=info'];
    const { code, out } = await qpidha(args, { cwd });
    assert.equal(code, 0);
    const { rules, ...rest } = JSON.parse(out) as { readonly rules: Readonly<Record<string, string>> };
    assert.deepEqual(rest, {
      file: 'a/x.conf',
      configuration: 'qpidha.config.yaml',
      extends: ['p/base.yaml'],
      ignored: true,
      broker: '1.36',
      policy: [
        { require: 'auth', values: ['yes', 'no'], from: 'p/base.yaml' },
        { forbid: 'trace', from: 'p/base.yaml' },
      ],
    });
    const chosen = ['conf/empty-file', 'ha/both-modes', 'ha/two-members', 'conf/malformed-line'];
    assert.deepEqual(
      chosen.map((rule) => rules[rule]),
      ['off', 'error', 'info', 'error'],
    );
    assert.equal(rules['config/schema'], undefined);
  });

  it('exits 2 where the configuration is wrong', async () => {
    const cwd = folderWith({ 'qpidha.config.yaml': 'version: 1\nno: 1\n' });
    assert.equal((await qpidha(['lint', '--print-config', 'qpidd.conf'], { cwd })).code, 2);
  });
});
