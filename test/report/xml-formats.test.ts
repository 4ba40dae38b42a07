import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkstyleReport } from '../../server/report/checkstyle';
import { junitReport } from '../../server/report/junit';
import { visible } from '../../server/report/visible';
import { xmlText } from '../../server/report/xml';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';
import { readXml, type XmlElement } from '../support/read-xml';
import { context, reportOf, uri } from '../support/reports';

const other = 'file:///x/b.conf';

describe('text in XML', () => {
  const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['what has a meaning', '<a href="b">&c</a>', '&lt;a href=&quot;b&quot;&gt;&amp;c&lt;/a&gt;'],
    ['what ends a section', ']]>', ']]&gt;'],
    ['line ends and tabs', 'a\tb\nc\r', 'a&#9;b&#10;c&#13;'],
    ['control characters', 'a\0\x1b\x07', 'a\\x00\\x1b\\x07'],
    ['halves of pairs', '\ud800a\udc00', '\\u{d800}a\\u{dc00}'],
    ['what is no character', '\ufffe\uffff', '\ufffd\ufffd'],
    ['what means nothing', 'Grüße, 漢字 😀 \x7f', 'Grüße, 漢字 😀 \x7f'],
  ];
  for (const [name, text, expected] of cases) {
    it(`escapes ${name}`, () => assert.equal(xmlText(text), expected));
  }

  it('is read back as it was, but for what XML cannot say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { attributes, text: inside } = readXml(`<a b="${xmlText(text)}">${xmlText(text)}</a>`);
        assert.equal(attributes.b, inside);
        if (!/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]/.test(text)) assert.equal(inside, text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the Checkstyle report', () => {
  it('has an element for each file and each finding in it', () => {
    const report = reportOf('a=1\nb=2\n', { span: span(4, 5) }, { severity: 'info' }, { uri: other });
    const { name, attributes, children } = readXml(checkstyleReport(report, context));
    assert.deepEqual([name, attributes], ['checkstyle', { version: '10.0' }]);
    assert.deepEqual(
      children.map((file) => [file.name, file.attributes.name, file.children.length]),
      [
        ['file', 'a.conf', 2],
        ['file', 'b.conf', 1],
      ],
    );
    assert.deepEqual(children[0]?.children[0], {
      name: 'error',
      attributes: {
        line: '2',
        column: '1',
        severity: 'error',
        message: 'Wrong.',
        source: 'qpidha.conf.bad-enum',
      },
      children: [],
      text: '',
    });
    assert.equal(children[0]?.children[1]?.attributes.severity, 'info');
  });

  it('is a document without findings, too', () => {
    assert.deepEqual(readXml(checkstyleReport(reportOf(''), context)).children, []);
  });
});

/** The numbers of a suite, as its attributes say and as its children show. */
function counts({ attributes, children }: XmlElement): readonly (readonly [string, string | undefined])[] {
  const having = (name: string) =>
    String(children.filter(({ children: [outcome] }) => outcome?.name === name).length);
  assert.deepEqual(
    [attributes.tests, attributes.failures, attributes.skipped, attributes.errors],
    [String(children.length), having('failure'), having('skipped'), '0'],
  );
  return Object.entries(attributes);
}

describe('the JUnit report', () => {
  const report = reportOf(
    'a=1\nb=2\n',
    { span: span(4, 5), related: [{ uri, span: span(0, 1), message: 'There.' }] },
    { severity: 'warning' },
    { uri: other, severity: 'info' },
  );

  it('has a suite for each file, and a case for each finding', () => {
    const { name, attributes, children } = readXml(junitReport(report, context));
    assert.deepEqual(
      [name, attributes],
      ['testsuites', { name: 'qpidha lint', tests: '3', failures: '1', errors: '0' }],
    );
    for (const suite of children) counts(suite);
    const [failed, skipped] = children[0]?.children ?? [];
    assert.deepEqual(failed?.attributes, { classname: 'a.conf', name: 'conf/bad-enum at 2:1' });
    assert.deepEqual(failed?.children[0], {
      name: 'failure',
      attributes: { type: 'error', message: 'Wrong.' },
      children: [],
      text: 'a.conf:2:1: error conf/bad-enum: Wrong.\na.conf:1:1: There.',
    });
    assert.deepEqual(skipped?.children[0]?.attributes, { type: 'warning', message: 'warning: Wrong.' });
  });

  const failures = { error: '1', warning: '2', info: '3', never: '0' } as const;
  for (const failOn of ['error', 'warning', 'info', 'never'] as const) {
    it(`fails what fails the run: from ${failOn}`, () => {
      const { attributes, children } = readXml(junitReport(report, { ...context, failOn }));
      assert.equal(attributes.failures, failures[failOn]);
      for (const suite of children) counts(suite);
    });
  }

  it('is one case that passed where nothing is found, as a report without cases counts as broken', () => {
    const { attributes, children } = readXml(junitReport({ ...reportOf(''), files: 2 }, context));
    assert.deepEqual([attributes.tests, attributes.failures], ['1', '0']);
    assert.deepEqual(children[0]?.children, [
      {
        name: 'testcase',
        attributes: { classname: 'qpidha lint', name: 'no problems in 2 files' },
        children: [],
        text: '',
      },
    ]);
  });

  it('has no two cases with one name in a suite, of which GitLab would keep one', () => {
    const { children } = readXml(junitReport(reportOf('', {}, {}, { rule: 'conf/other' }), context));
    assert.deepEqual(
      children[0]?.children.map(({ attributes }) => attributes.name),
      ['conf/bad-enum at 1:1', 'conf/bad-enum at 1:1 (2)', 'conf/other at 1:1'],
    );
  });
});

describe('reports in XML', () => {
  it('are well-formed whatever files are called and messages say', () => {
    const unit = fc.constantFrom(
      'a',
      '<',
      '&',
      '"',
      "'",
      ']]>',
      '\n',
      '\r',
      '\t',
      '\0',
      '\x1b',
      '\ud800',
      '😀',
    );
    const text = fc.string({ unit });
    fc.assert(
      fc.property(text, text, (name, message) => {
        const names = { ...context, nameOf: () => name };
        const related = [{ uri, span: span(0, 0), message }];
        const hostile = reportOf('a', { message, related });
        const checkstyle = readXml(checkstyleReport(hostile, names));
        assert.equal(checkstyle.children[0]?.children[0]?.attributes.message, visible(message));
        const junit = readXml(junitReport(hostile, names));
        assert.equal(junit.children[0]?.children[0]?.children[0]?.attributes.message, visible(message));
        if (!/[\0\x1b\ud800]/.test(name)) {
          assert.equal(checkstyle.children[0]?.attributes.name, name);
          assert.equal(junit.children[0]?.attributes.name, name);
        }
      }),
      { numRuns: 500 },
    );
  });
});
