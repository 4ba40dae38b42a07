import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTests } from '../../server/scenario/read';
import { documentFromText } from '../../server/text/document';
import fc from '../support/fast-check';
import { oneTest, problemsOf, run } from './support';

const files = {
  'qpidd.conf': 'port=5672\nauth=no\n',
  'east/qpidd.conf': 'port=5672\nauth=no\n',
  'replicas.qpid.yaml': 'version: 1\nbrokers:\n  a: { address: a }\n',
};

const fine = 'starts: { qpidd.conf: true }';
const given = (lines: string) => oneTest({ given: lines, expect: fine });
const expect = (lines: string) => oneTest({ expect: lines });
const head = 'version: 1\ntests:\n';

/** A file of tests, and what is said of it. */
const wrong: readonly (readonly [text: string, problem: string | RegExp])[] = [
  ['', ' ← The file is empty: it needs "version: 1" and a list of tests.'],
  ['tests: [', / /],
  [
    `version: 2\n${expect(fine).replace('version: 1\n', '')}`,
    '2 ← This version is not known: the format has version 1 only.',
  ],
  ['version: 1\n', 'version ← "tests" is missing: a file of tests needs it (a list of tests).'],
  ['version: 1\ntests: []\n', 'tests ← "tests" is an empty list: a file of tests has at least one.'],
  ['version: 1\ntests: 5\n', 'tests ← "tests" must be a list, not a number.'],
  [`${head}  - it\n`, 'it ← A test must be a mapping, not text.'],
  [
    `${head}  - name: it\n`,
    'name ← "expect" is missing: a test needs it (a mapping with at least one expectation).',
  ],
  [
    `${head}  - { name: it, expect: { ${fine} } }\n  - { name: it, expect: { ${fine} } }\n`,
    'it ← Another test of this file has the same name.',
  ],
  [`${head}  - { nam: it, expect: { ${fine} } }\n`, 'nam ← A test has no key "nam". Did you mean "name"?'],
  [
    `${head}  - name: it\n    expect: {}\n`,
    'expect ← Nothing is expected: a test without an expectation tells nothing.',
  ],
  [expect('starts: {}'), 'expect ← Nothing is expected: a test without an expectation tells nothing.'],
  [
    expect('starts: { qpidd.conf: perhaps }'),
    'perhaps ← Whether a broker starts is true or false, not text.',
  ],
  [
    expect('start: { qpidd.conf: true }'),
    'start ← An expectation has no key "start". Did you mean "starts"?',
  ],
  [
    expect('starts: { qpid.conf: true }'),
    'qpid.conf ← There is no file "qpid.conf": did you mean "qpidd.conf"?',
  ],
  [expect('starts: { east: true }'), 'east ← "east" is a folder, and no file.'],
  [
    expect('starts: { replicas.qpid.yaml: true }'),
    'replicas.qpid.yaml ← "replicas.qpid.yaml" is no qpidd.conf, which this must be.',
  ],
  [
    expect('effective: { qpidd.conf: { prt: 1 } }'),
    'prt ← The broker has no option "prt": did you mean "port"?',
  ],
  [
    expect('effective: { qpidd.conf: { port: } }'),
    'port ← The value is missing: "" stands for an empty one.',
  ],
  [expect('effective: { qpidd.conf: { port: { a: 1 } } }'), '{ a: 1 } ← A value is text, not a mapping.'],
  [
    expect('findings: { qpidd.conf: [ha/both-mode] }'),
    'ha/both-mode ← There is no rule "ha/both-mode": did you mean "ha/both-modes"?',
  ],
  [expect('findings: { qpidd.conf: [ha/*] }'), /^ha\/\* ← There is no rule "ha\/\*"/],
  [
    expect('noFindings: [hq/*]'),
    'hq/* ← There is no rule, and no area of rules, "hq/*": did you mean "ha/*"?',
  ],
  [
    expect('finds: { qpidd.conf: [] }'),
    'qpidd.conf ← No rule is named: "findings" with an empty list expects that none finds anything.',
  ],
  [given('qpidd.conf: gone'), 'gone ← What is given of a file is a mapping, or "absent", not "gone".'],
  [given('qpidd.conf: { sett: { port: 1 } }'), 'sett ← A change has no key "sett". Did you mean "set"?'],
  [given('qpidd.conf: { set: { prt: 1 } }'), 'prt ← The broker has no option "prt": did you mean "port"?'],
  [given('qpidd.conf: { set: { port: "1\\n2" } }'), '"1\\n2" ← A value is on one line.'],
  [
    given('qpidd.conf: { unset: [ha-cluster] }'),
    'ha-cluster ← qpidd.conf does not set "ha-cluster": there is nothing to unset.',
  ],
  [
    given('qpidd.conf: { unset: [port], set: { port: 1 } }'),
    'port ← This option is set and unset in one change.',
  ],
  [
    given('qpidd.conf: { environment: { QPID_PROT: 1 } }'),
    'QPID_PROT ← The broker reads no variable "QPID_PROT": did you mean "QPID_PORT"?',
  ],
  [given('qpidd.conf: { arguments: --port }'), 'arguments ← "arguments" must be a list, not text.'],
  [
    given('qpidd.conf: { release: "1.93" }'),
    '"1.93" ← There is no release "1.93" of the broker: the nearest is "1.40".',
  ],
  [
    given('east/qpid.conf: absent'),
    'east/qpid.conf ← There is no file "east/qpid.conf": did you mean "east/qpidd.conf"?',
  ],
  [
    given('replicas.qpid.yaml: { set: { port: 1 } }'),
    'replicas.qpid.yaml ← "replicas.qpid.yaml" is no qpidd.conf, which this must be.',
  ],
  [given('qpidd.conf: absent'), 'qpidd.conf ← This file is absent in this test.'],
  [
    given('east/qpidd.conf: absent\n./east/qpidd.conf: absent'),
    './east/qpidd.conf ← This file stands under "given" already, written in another way.',
  ],
  [
    `${head}  - { name: it, files: [eastt], expect: { ${fine} } }\n`,
    'eastt ← There is no file or folder "eastt": did you mean "east"?',
  ],
];

describe('a file of tests that is wrong', () => {
  for (const [text, problem] of wrong) {
    it(`is told: ${problem}`, () => {
      const [found = '', ...more] = problemsOf(text, files);
      assert.deepEqual(more, []);
      if (typeof problem === 'string') assert.equal(found, problem);
      else assert.match(found, problem);
    });
  }

  it('has none of its tests run', () => {
    const text = `${head}  - { name: a, expect: { ${fine} } }\n  - { name: b, expect: { start: 1 } }\n`;
    assert.deepEqual(run(text, files).tests, []);
  });

  it('may be JSON, and is then JSON', () => {
    const json = JSON.stringify({
      version: 1,
      tests: [{ name: 'it', expect: { starts: { 'qpidd.conf': true } } }],
    });
    assert.deepEqual(run(json, files, 'all.qpid-test.json').problems, []);
    assert.equal(run(`# no JSON\n${json}`, files, 'all.qpid-test.json').problems.length, 1);
  });

  it('says nothing of a password', () => {
    const text = given('qpidd.conf: { set: { ha-password: [geheim1, { a: geheim2 }] }, unset: [geheim@x] }');
    assert.doesNotMatch(
      JSON.stringify(problemsOf(text, files).map((line) => line.split(' ← ')[1])),
      /geheim/,
    );
  });

  it('is never thrown about', () => {
    const words = expect(fine).split(/\b/);
    const text = fc
      .array(
        fc.oneof(fc.constantFrom(...words, '\n', '- ', ': ', '[', '{', '}', '&a ', '*a', '"'), fc.string()),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        parseTests(documentFromText('file:///a.qpid-test.yaml', written));
      }),
      { numRuns: 300 },
    );
  });
});
