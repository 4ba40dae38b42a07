import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { allRules } from '../../server/lint/all-rules';
import { fixProject } from '../../server/lint/fix';
import { type LintOptions, lint } from '../../server/lint/lint-project';
import { suppressionRules } from '../../server/lint/suppression/rules';
import { openProject } from '../../server/project/open-project';
import { applyEdits } from '../../server/text/edit';
import type { ExampleFiles } from '../../server/text/rule';
import fc from '../support/fast-check';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const entries = [{ uri: memoryRoot }];

function check(files: ExampleFiles, options: LintOptions = {}) {
  return lint(openProject(memoryFiles(files), entries), { today: '2026-06-15', ...options });
}

/** Rule and line of what is shown, and of what is hidden. */
function outcome(text: string, options: LintOptions = {}, name = 'qpidd.conf') {
  const { findings, suppressed } = check({ [name]: text }, options);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const told = ({ rule, span }: (typeof findings)[number]) => `${rule} ${lineOf(span.start)}`;
  return {
    shown: findings.map(told).filter((one) => !one.startsWith(inShortFiles)),
    hidden: suppressed.map(({ finding }) => told(finding)),
  };
}

/** Said of every file that is too short to be of a real broker. */
const inShortFiles = 'ha/queue-replication-off';

const ignored = 'conf/ignored-in-file';

/** The rules about suppressions look at what all others found. */
for (const rule of suppressionRules) {
  describe(rule.id, () => {
    for (const { files, fixed } of rule.bad) {
      const text = files['qpidd.conf'] ?? '';
      it(`finds fault with ${JSON.stringify(text)}`, () => {
        const { findings } = check(files);
        const own = findings.filter((finding) => finding.rule === rule.id);
        assert.ok(own.length > 0);
        assert.deepEqual(
          findings.filter((finding) => finding.rule !== rule.id && finding.rule.startsWith('suppression/')),
          [],
        );
        const edits = own.flatMap(({ fix }) => fix?.edits ?? []);
        assert.equal(edits.length > 0, fixed !== undefined);
        assert.equal(applyEdits(text, edits), fixed?.['qpidd.conf'] ?? text);
      });
    }
    for (const { files } of rule.good) {
      it(`has nothing to say about ${JSON.stringify(files['qpidd.conf'])}`, () =>
        assert.deepEqual(
          check(files).findings.filter((finding) => finding.rule.startsWith('suppression/')),
          [],
        ));
    }
  });
}

describe('a suppression in a qpidd.conf', () => {
  for (const [name, text, shown, hidden] of [
    [
      'hides what is found on the next line, and there only',
      `# qpidha: disable-next-line ${ignored} -- r\nconfig=a\nhelp=yes\n`,
      ['conf/ignored-in-file 3'],
      [`${ignored} 2`],
    ],
    [
      'reaches over other comments',
      `# qpidha: disable-next-line ${ignored} -- r\n# why\n  # qpidha: disable-next-line conf/odd-duration -- r\nconfig=a\n`,
      ['suppression/unused 3'],
      [`${ignored} 4`],
    ],
    [
      'ends at a blank line',
      `# qpidha: disable-next-line ${ignored} -- r\n\nconfig=a\n`,
      ['suppression/unused 1', `${ignored} 3`],
      [],
    ],
    ['stands behind the value', `config=a # qpidha: disable-line ${ignored} -- r\n`, [], [`${ignored} 1`]],
    [
      'stands behind the value in a file with CRLF',
      `config=a # qpidha: disable-line ${ignored} -- r\r\nport=1\r\n`,
      [],
      [`${ignored} 1`],
    ],
    [
      'is not part of a value before its #',
      `log-prefix=qpidha: disable-line ${ignored}\nconfig=a\n`,
      [`${ignored} 2`],
      [],
    ],
    ['takes an area', '# qpidha: disable-next-line conf/* -- r\nconfig=a\n', [], [`${ignored} 2`]],
    [
      'holds from disable to enable',
      `# qpidha: disable ${ignored} -- r\nconfig=a\n# qpidha: enable ${ignored}\nlog-prefix=a\nport =1\n`,
      ['conf/blank-around-equals 5'],
      [`${ignored} 2`],
    ],
    [
      'holds to the end without enable',
      `port =1\n# qpidha: disable conf/* -- r\nconfig=a\nauth =1\n`,
      ['conf/blank-around-equals 1'],
      [`${ignored} 3`, 'conf/blank-around-equals 4'],
    ],
    [
      'may be lifted for one rule of an area',
      `# qpidha: disable conf/* -- r\nconfig=a\n# qpidha: enable conf/blank-around-equals\nport =1\nmodule-dir=/a\n`,
      ['conf/blank-around-equals 4'],
      [`${ignored} 2`],
    ],
    [
      'may stand anywhere for the whole file',
      `config=a\n# qpidha: disable-file ${ignored} -- r\n`,
      [],
      [`${ignored} 1`],
    ],
    [
      'counts once: the nearest hides',
      `# qpidha: disable-file ${ignored} -- r\n# qpidha: disable-next-line ${ignored} -- r\nconfig=a\n`,
      ['suppression/unused 1'],
      [`${ignored} 3`],
    ],
    [
      'hides nothing of all rules at once',
      '# qpidha: disable-next-line * -- r\nconfig=a\n',
      ['suppression/unknown-rule 1', `${ignored} 2`],
      [],
    ],
    [
      'never hides what is found about itself',
      `# qpidha: disable-file suppression/* -- r\n# qpidha: disable-next-line ${ignored}\nport=1\n`,
      ['suppression/refused 1', 'suppression/unused 2'],
      [],
    ],
    [
      'holds on its last day',
      `# qpidha: disable-next-line ${ignored} -- until 2026-06-15, then it is gone\nconfig=a\n`,
      [],
      [`${ignored} 2`],
    ],
    [
      'hides nothing from the day after',
      `# qpidha: disable-next-line ${ignored} -- gone by then, until 2026-06-14\nconfig=a\n`,
      ['suppression/expired 1', `${ignored} 2`],
      [],
    ],
    [
      'takes other uses of a word for what they are',
      `# qpidha: disable-next-line ${ignored} -- good until the move\nconfig=a\n`,
      [],
      [`${ignored} 2`],
    ],
    [
      'that ends nothing is told of',
      `# qpidha: enable ${ignored}\n# qpidha: enable\nport=1\n`,
      ['suppression/unused 1', 'suppression/unused 2'],
      [],
    ],
  ] as const) {
    it(name, () => {
      const { shown: s, hidden: h } = outcome(text);
      assert.deepEqual(s, shown);
      assert.deepEqual(h, hidden);
    });
  }

  it('is not judged by a machine that may be another one', () => {
    const text =
      '# qpidha: disable-file conf/path-not-here, security/readable-password -- as in production\nport=1\n';
    assert.deepEqual(outcome(text).shown, []);
  });

  it('is not judged where it could only be hiding what several files show together', () => {
    assert.deepEqual(
      outcome('# qpidha: disable-file ha/queue-replication-off -- another host\nport=1\n').shown,
      [],
    );
  });

  it('keeps its reason and its date with what it hides', () => {
    const text = `# qpidha: disable-next-line ${ignored} -- until 2026-07-01: moving\nconfig=a\n`;
    const [suppressed] = check({ 'qpidd.conf': text }).suppressed;
    assert.equal(suppressed?.reason, 'until 2026-07-01: moving');
    assert.equal(suppressed?.until, '2026-07-01');
    assert.equal(text.slice(suppressed?.comment.start, suppressed?.comment.end), text.split('\n')[0]);
  });

  it('can be overruled, as a whole or for a rule', () => {
    const text = `# qpidha: disable-next-line ${ignored} -- r\nconfig=a\n`;
    assert.deepEqual(outcome(text, { suppressions: false }).shown, [`${ignored} 2`]);
    assert.deepEqual(outcome(text, { mayHide: (rule) => rule !== ignored }).shown, [
      'suppression/refused 1',
      `${ignored} 2`,
    ]);
  });
});

describe('a rule that the project does not let comments hide', () => {
  const text = `# qpidha: disable-next-line ${'conf/ignored-in-file'} -- r\nconfig=a\nha-queue-replication=yes\n`;
  const rule = 'conf/ignored-in-file';
  const shown = (rules: string, name = 'qpidd.conf') =>
    check({ 'qpidha.config.yaml': `version: 1\n${rules}`, [name]: text })
      .findings.filter(({ uri }) => uri.endsWith('.conf'))
      .map((finding) => `${finding.severity} ${finding.rule}`);
  const refused = ['warning suppression/refused', `warning ${rule}`];

  it('is named in the configuration, by its id or by its area', () => {
    assert.deepEqual(shown(`rules:\n  ${rule}: {ignorable: false}\n`), refused);
    assert.deepEqual(shown('rules:\n  conf/*: {ignorable: false}\n'), refused);
    assert.deepEqual(shown(`rules:\n  conf/*: {ignorable: false}\n  ${rule}: {ignorable: true}\n`), []);
    assert.deepEqual(shown(`rules:\n  conf/*: {ignorable: false}\n  ${rule}: warning\n`), refused);
  });

  it('may have a level, too, and may be meant for some files only', () => {
    assert.deepEqual(shown(`rules:\n  ${rule}: {level: error, ignorable: false}\n`), [
      'warning suppression/refused',
      `error ${rule}`,
    ]);
    const some = `overrides:\n  - files: east/*\n    rules:\n      ${rule}: {ignorable: false}\n`;
    assert.deepEqual(shown(some), []);
    assert.deepEqual(shown(some, 'east/qpidd.conf'), refused);
  });
});

const manifest = (line: string) =>
  `version: 1\nbrokers:\n  a: {address: h1}\n  b: {address: h2}\n${line}replications:\n  - {queue: q, from: a, to: b}\n`;

describe('a suppression in a manifest', () => {
  const unused = '  c: {address: h3}';
  for (const [name, line, shown, hidden] of [
    [
      'hides what is found on the next line',
      `  # qpidha: disable-next-line manifest/unused-broker -- r\n${unused}\n`,
      [],
      ['manifest/unused-broker 6'],
    ],
    [
      'stands behind what it is about',
      `${unused} # qpidha: disable-line manifest/unused-broker -- r\n`,
      [],
      ['manifest/unused-broker 5'],
    ],
    [
      'is no comment within a text',
      `  c:\n    address: "h3 # qpidha: disable-file manifest/* -- r"\n`,
      ['manifest/unused-broker 5', 'manifest/bad-address 6'],
      [],
    ],
    [
      'must have a known verb',
      '# qpidha: disable-nextline manifest/unused-broker -- r\n',
      ['suppression/malformed 5'],
      [],
    ],
    ['names no release of the broker', '# qpidha: broker 1.36\n', ['suppression/malformed 5'], []],
  ] as const) {
    it(name, () => {
      const { shown: s, hidden: h } = outcome(manifest(line), {}, 'a.qpid.yaml');
      assert.deepEqual(s, shown);
      assert.deepEqual(h, hidden);
    });
  }

  it('is not called idle while the file cannot be read', () => {
    const text = `# qpidha: disable-file manifest/unused-broker -- r\nbrokers: {a: {address: h1\n`;
    assert.deepEqual(outcome(text, {}, 'a.qpid.yaml').shown, ['manifest/syntax 3']);
  });
});

test('what is suppressed is not fixed', () => {
  const text = '# qpidha: disable-next-line conf/blank-around-equals -- r\nport =1\nauth =no\n';
  const { changed } = fixProject({ files: memoryFiles({ 'qpidd.conf': text }), entries });
  assert.equal(
    changed.get(exampleUri('qpidd.conf'))?.text,
    '# qpidha: disable-next-line conf/blank-around-equals -- r\nport =1\nauth=no\n',
  );
});

test('removing an idle suppression removes the end of it, and never empties a file', () => {
  const fix = (text: string) =>
    fixProject({ files: memoryFiles({ 'qpidd.conf': text }), entries }).changed.get(exampleUri('qpidd.conf'))
      ?.text;
  assert.equal(
    fix(`# qpidha: disable ${ignored} -- r\r\nport=1 # qpidha: enable ${ignored}\r\n`),
    'port=1\r\n',
  );
  assert.equal(fix(`# qpidha: disable-file ${ignored} -- r`), '\n');
  assert.equal(fix(`port=1\r\n# qpidha: disable-file ${ignored} -- r`), 'port=1');
});

test('whatever the comments say, nothing throws, nothing is lost, and places lie inside the text', () => {
  const ids = allRules.map(({ id }) => id);
  const name = fc.oneof(
    fc.constantFrom(...ids),
    fc.constantFrom('conf/*', 'ha/*', '*', 'x', 'suppression/*'),
  );
  const comment = fc
    .tuple(
      fc.constantFrom('disable-next-line', 'disable-line', 'disable', 'enable', 'disable-file', 'x', ''),
      fc.array(name, { maxLength: 3 }),
      fc.constantFrom('', ' --', ' -- r', ' -- until 2020-01-01', ' -- until 2020-13-01: x', ' r'),
    )
    .map(([verb, names, reason]) => `# qpidha: ${verb} ${names.join(', ')}${reason}`);
  const line = fc.oneof(
    comment,
    fc.tuple(fc.constantFrom('config=a ', 'port =1 ', 'nonsense '), comment).map((parts) => parts.join('')),
    fc.constantFrom('config=a', 'port =1', 'nonsense', '', '# x', 'a: {b: c}', '  - x: |', '\ufeff'),
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => lines.join(end));
  fc.assert(
    fc.property(text, fc.constantFrom('qpidd.conf', 'a.qpid.yaml'), (content, file) => {
      const files = { [file]: content };
      const all = check(files, { suppressions: false }).findings;
      const { findings, suppressed } = check(files);
      const others = findings.filter(({ rule }) => !rule.startsWith('suppression/'));
      assert.equal(others.length + suppressed.length, all.length);
      for (const { span, fix } of findings) {
        for (const place of [span, ...(fix?.edits ?? []).map((edit) => edit.span)])
          assert.ok(0 <= place.start && place.start <= place.end && place.end <= content.length);
      }
    }),
  );
});
