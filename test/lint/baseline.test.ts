import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BaselineRun } from '../../server/lint/baseline/apply';
import type { Baseline } from '../../server/lint/baseline/baseline';
import { contextOf } from '../../server/lint/baseline/context';
import { fingerprint } from '../../server/lint/baseline/fingerprint';
import { checked } from '../../server/lint/checked';
import { lintReport } from '../../server/lint/lint-report';
import { openProject } from '../../server/project/open-project';
import type { Finding } from '../../server/text/finding';
import type { ExampleFiles } from '../../server/text/rule';
import fc from '../support/fast-check';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

function run(files: ExampleFiles, entries: Baseline = [], names: readonly string[] = []): BaselineRun {
  const asked = names.length === 0 ? [{ uri: memoryRoot }] : names.map((name) => ({ uri: exampleUri(name) }));
  const project = openProject(memoryFiles(files), asked);
  const now = checked(project, {});
  const fingerprintOf = (finding: Finding) => fingerprint(finding, project, now.report.secrets);
  return new BaselineRun(now, fingerprintOf, { uri: exampleUri('known.json'), entries }, asked);
}

/** The rules of the findings that a baseline of the first files does not know in the second. */
function fresh(before: ExampleFiles, after: ExampleFiles): readonly string[] {
  return run(after, run(before).updated()).newFindings.findings.map(({ rule }) => rule);
}

/** A file in which something is replicated, for otherwise that is told of. */
const conf = (text: string): ExampleFiles => ({ 'qpidd.conf': `${text}${right}` });

const right = 'ha-queue-replication=yes\n';
const broken = `x\n${right}`;

const manifest = `version: 1
brokers:
  node1: {address: node1, config: none.conf}
  node2:
    address: node2
replications:
  - queue: orders
    from: node1
    to: node2
  - queue: orders2
    from: node1
    to: node3
`;

describe('a baseline', () => {
  const old = 'port=abc\nauth=maybe\nworker-threads=x\nprot=5\nqueue-limit=-5000000000\n';
  const same: readonly (readonly [name: string, before: ExampleFiles, after: ExampleFiles])[] = [
    ['the same', conf(old), conf(old)],
    ['lines inserted above', conf(old), conf(`# one\n\nmgmt-enable=yes\n${old}`)],
    ['lines in another order', conf(old), conf(`${old.trimEnd().split('\n').reverse().join('\n')}\n`)],
    ['CRLF line ends', conf(old), conf(old.replaceAll('\n', '\r\n'))],
    ['lines that are indented, with a comment behind', conf(old), conf(old.replaceAll(/^(.)|$/gm, '$1'))],
    ['a comment behind', conf('port=abc\n'), conf('port=abc   # the old one\n')],
    ['a byte order mark known', conf('\ufeffport=5\n'), conf('\ufeff# hello\nport=5\n')],
    ['an empty file', { 'qpidd.conf': '' }, { 'qpidd.conf': '' }],
    ['that nothing is replicated', { 'qpidd.conf': 'x=1\n' }, { 'qpidd.conf': '# hello\n# x=1\nx=1\n' }],
    ['a manifest', { 'r.qpid.yaml': manifest }, { 'r.qpid.yaml': `# hello\n${manifest}` }],
    [
      'a manifest in another order',
      { 'r.qpid.yaml': manifest },
      {
        'r.qpid.yaml': `replications:
    - {to: node3, from: node1, queue: orders2}
    - {to: node2, from: node1, queue: "orders"}
brokers:
    node2: {address: node2}
    node1:
      config: none.conf
      address: node1
version: 1
`,
      },
    ],
    [
      'JSON laid out otherwise',
      { 'r.qpid.json': '{"version":1,"brokers":{"a":{"address":"a","config":"no.conf"}}}' },
      {
        'r.qpid.json':
          '{\r\n\t"brokers": {\r\n\t\t"a": {\r\n\t\t\t"config": "no.conf", "address": "a"\r\n}}, "version": 1}',
      },
    ],
    [
      'what is missing in a file, whatever is first in it',
      {
        'r.qpid.yaml':
          'version: 1\nbrokers:\n  a: {address: a}\n  b: {address: b, config: b.conf}\nreplications: [{queue: q, from: a, to: b}]\n',
        'b.conf': 'port=1\n',
      },
      {
        'r.qpid.yaml':
          'version: 1\nbrokers:\n  a: {address: a}\n  b: {address: b, config: b.conf}\nreplications: [{queue: q, from: a, to: b}]\n',
        'b.conf': 'auth=no\nport=1\n',
      },
    ],
    ['a new password', conf('ha-password=a#b\n'), conf('ha-password=c#d\n')],
  ];
  for (const [name, before, after] of same) {
    it(`knows ${name}`, () => {
      assert.notEqual(run(before).updated().length, 0, 'nothing was found');
      assert.deepEqual(fresh(before, after), []);
    });
  }

  const different: readonly (readonly [string, ExampleFiles, ExampleFiles, readonly string[]])[] = [
    ['another line of the same rule', conf('prot=1\n'), conf('prot=1\nporrt=1\n'), ['conf/unknown-option']],
    ['another line instead', conf('prot=1\n'), conf('porrt=1\n'), ['conf/unknown-option']],
    ['another value', conf('port=abc\n'), conf('port=abcd\n'), ['conf/bad-integer']],
    ['one more of the same', conf('x\n'), conf('x\nx\n'), ['conf/malformed-line']],
    [
      'the same in another file',
      conf('x\n'),
      { ...conf('x\n'), 'b/qpidd.conf': 'x\nha-queue-replication=yes\n' },
      ['conf/malformed-line'],
    ],
  ];
  for (const [name, before, after, rules] of different) {
    it(`does not know ${name}`, () => assert.deepEqual(fresh(before, after), rules));
  }

  it('is no cover for a file that cannot be read, nor for a wrong configuration', () => {
    const files = { 'r.qpid.yaml': 'a: [', 'qpidha.config.yaml': 'version: 1\nbrokr: x\n' };
    assert.deepEqual(run(files).updated(), []);
    assert.deepEqual(fresh(files, files), ['config/schema', 'manifest/syntax']);
  });

  it('names the rest when there are more than it knows, the last ones', () => {
    const known = run(conf('x\n')).updated();
    const { findings, baseline } = run(conf('x\nport=1\nx\n'), known).newFindings;
    assert.deepEqual([findings.map(({ span }) => span.start), baseline?.known.length], [[9], 1]);
  });

  it('tells what is gone, and forgets it when it is pruned, and nothing else', () => {
    const known = run(conf('x\nx\nport=abc\nprot=1\n')).updated();
    const later = run(conf('x\nauth=maybe\nport=abc\n'), known);
    assert.deepEqual(later.newFindings.baseline?.stale.map(({ rule, count }) => [rule, count]).sort(), [
      ['conf/malformed-line', 1],
      ['conf/unknown-option', 1],
    ]);
    const left = (entries: Baseline) => entries.map(({ rule, count }) => `${rule} ${count}`).sort();
    assert.deepEqual(left(later.pruned()), ['conf/bad-integer 1', 'conf/malformed-line 1']);
    assert.deepEqual(left(later.updated()), [
      'conf/bad-boolean 1',
      'conf/bad-integer 1',
      'conf/malformed-line 1',
    ]);
  });

  it('keeps what it knows of files that were not looked at, or cannot be read now', () => {
    const files = { 'a.qpidd.conf': broken, 'b.qpidd.conf': broken, 'r.qpid.yaml': 'version: 2\n' };
    const known = run(files).updated();
    const narrowed = run({ ...files, 'a.qpidd.conf': right, 'b.qpidd.conf': right }, known, ['a.qpidd.conf']);
    assert.deepEqual(
      narrowed.newFindings.baseline?.stale.map(({ file }) => file),
      ['a.qpidd.conf'],
    );
    for (const entries of [narrowed.updated(), narrowed.pruned()]) {
      assert.deepEqual([...new Set(entries.map(({ file }) => file))].sort(), ['b.qpidd.conf', 'r.qpid.yaml']);
    }
    const unreadable = run({ ...files, 'r.qpid.yaml': '[' }, known);
    assert.deepEqual(unreadable.newFindings.baseline?.stale, []);
    assert.deepEqual(unreadable.updated().length, known.length);
  });

  it('forgets a file that is gone, where its folder was looked through', () => {
    const known = run({ 'a/qpidd.conf': broken, 'b/qpidd.conf': broken }).updated();
    const files = { 'a/qpidd.conf': broken };
    assert.deepEqual(
      run(files, known).newFindings.baseline?.stale.map(({ file }) => file),
      ['b/qpidd.conf'],
    );
    assert.deepEqual(run(files, known, ['a/qpidd.conf']).newFindings.baseline?.stale, []);
    assert.equal(run(files, known, ['a']).updated().length, 2);
    assert.equal(run(files, known).updated().length, 1);
  });

  it('does not call gone what several files show together, when one is looked at', () => {
    const files = {
      'sub/r.qpid.yaml':
        'version: 1\nbrokers:\n  a: {address: a}\n  b: {address: b, config: ../b.conf}\nreplications: [{queue: q, from: a, to: b}]\n',
      'b.conf': 'port=1\n',
    };
    const known = run(files).updated();
    assert.ok(known.some(({ file, rule }) => file === 'b.conf' && rule === 'ha/queue-replication-off'));
    const alone = run(files, known, ['b.conf']);
    assert.deepEqual(alone.newFindings.baseline?.stale, []);
    assert.equal(alone.updated().length, known.length);
  });

  it('does not call gone what depends on the machine', () => {
    const known = [
      { file: 'qpidd.conf', rule: 'security/readable-password', fingerprint: '0123456789abcdef', count: 1 },
    ];
    const { baseline } = run(conf('ha-password=x\n'), known).newFindings;
    assert.deepEqual(baseline?.stale, []);
  });

  const secret = fc.stringMatching(/^[A-Za-z0-9+=:/#@!]{6,12}$/);
  const places: readonly ((password: string) => ExampleFiles)[] = [
    (password) => conf(`ha-password=${password}#x\n`),
    (password) => conf(`ha-pasword=${password}\n`),
    (password) => conf(`ha-passphrase ${password}\n`),
    (password) => conf(`; my password is ${password}\n${password.replaceAll('=', '')}\npw=${password}\n`),
    (password) => conf(`ha-password=\\\n${password}\n`),
    (password) => conf(`ha-brokers-url=u/${password}@h h\nha-public-url=amqp:u:${password}@h\n`),
    (password) => ({
      'r.qpid.yaml': `version: 1\nbrokers:\n  a:\n    address: "u:${password}@a:999999"\n    pass: "${password}"\n    adress: "u:${password}@b"\nreplications:\n  - {queue: q, from: "u:${password}@x", to: a, linkAddress: "u/${password}@h h"}\n`,
    }),
  ];
  it('holds nothing of a password, so that none can be guessed from it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), secret, (files, password) => {
        const project = openProject(memoryFiles(files(password)), [{ uri: memoryRoot }]);
        const { findings, secrets } = lintReport(project);
        assert.notEqual(findings.length, 0);
        for (const finding of findings) {
          const context = contextOf(finding, project, secrets).toLowerCase();
          for (let at = 0; at + 4 <= password.length; at += 1) {
            const part = password.slice(at, at + 4).toLowerCase();
            assert.ok(!context.includes(part), `${finding.rule}: ${context}`);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('edits elsewhere', () => {
  const known = fc.constantFrom(
    'port=abc',
    'prot=5',
    'auth=maybe',
    'log-enable=loud+',
    'ha-brokers-url=a,b',
    'link-heartbeat-interval=5 s',
    'no such line',
    'tcp-nodelay',
    'worker-threads=0',
  );
  const harmless = fc.constantFrom(
    '',
    '# comment',
    '# ha-password=x',
    'mgmt-enable=yes',
    'max-connections=77',
  );
  const indent = fc.constantFrom('', ' ', '\t');

  it('bring no known finding back, and hide no new one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(known, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), harmless), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        indent,
        (lines, inserted, end, reversed, blank) => {
          const before = conf(`${lines.join('\n')}\n`);
          const text: string[] = reversed ? [...lines].reverse() : [...lines];
          for (const [at, line] of inserted) text.splice(at % (text.length + 1), 0, line);
          const after = conf(text.map((line) => (line === '' ? '' : blank + line)).join(end) + end);
          const old = new Set(
            run(before)
              .updated()
              .map(({ rule }) => rule),
          );
          // Blanks before a key, CR and doubled lines are faults of their own.
          const back = fresh(before, after).filter((rule) => old.has(rule));
          const allowed = new Set([
            'conf/malformed-line',
            'conf/duplicate-setting',
            'conf/blank-around-equals',
          ]);
          assert.deepEqual(
            back.filter((rule) => !allowed.has(rule)),
            [],
          );
          const more = { 'qpidd.conf': `no-such-option=1${end}${after['qpidd.conf']}` };
          assert.equal(fresh(before, more).length, fresh(before, after).length + 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});
