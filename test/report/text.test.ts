import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pc from 'picocolors';
import type { LintReport } from '../../server/lint/lint-report';
import { excerpt } from '../../server/report/excerpt';
import { textReport } from '../../server/report/text';
import { cell, visible } from '../../server/report/visible';
import { documentFromText } from '../../server/text/document';
import type { Finding } from '../../server/text/finding';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const uri = 'file:///x/a.conf';
const colors = pc.createColors(false);
const nameOf = (name: string) => name.slice('file:///x/'.length);

function report(text: string, ...findings: readonly Partial<Finding>[]): LintReport {
  return {
    documents: new Map([[uri, documentFromText(uri, text)]]),
    secrets: new Map(),
    suppressed: [],
    files: 1,
    findings: findings.map((finding) => ({
      rule: 'test/rule',
      severity: 'error',
      uri,
      span: span(0, 0),
      message: 'Wrong.',
      ...finding,
    })),
  };
}

/** The excerpt's two lines, the underline below what it means. */
function shown(text: string, start: number, end: number): readonly string[] {
  const part = excerpt(documentFromText(uri, text), span(start, end), []);
  return [part.text, ' '.repeat(part.indent) + '^'.repeat(part.underline)];
}

describe('the text report', () => {
  it('says place, severity, rule and message, shows the line, other places and the cure', () => {
    const text = textReport(
      report('port=5672\nauth = no\n', {
        span: span(10, 14),
        related: [{ uri, span: span(0, 4), message: 'First.' }],
        fix: { title: 'Remove it', edits: [] },
      }),
      nameOf,
      colors,
    );
    assert.equal(
      text,
      [
        'a.conf:2:1: error test/rule: Wrong.',
        '   2 | auth = no',
        '     | ^~~~',
        '  a.conf:1:1: First.',
        '  help: Remove it',
        '',
        '1 error in 1 file. --fix cures it.',
        '',
      ].join('\n'),
    );
  });

  it('counts by severity', () => {
    const findings = (['error', 'error', 'warning', 'info'] as const).map((severity) => ({ severity }));
    const text = textReport(report('', ...findings), nameOf, colors);
    assert.match(text, /\n2 errors, 1 warning, 1 info in 1 file\.\n$/);
  });

  it('counts what comments hide', () => {
    const clean = report('a=1\n');
    const [finding] = report('a=1\n', {}).findings;
    assert.ok(finding);
    const suppressed = [{ finding, comment: span(0, 0), reason: 'known' }];
    assert.match(
      textReport({ ...clean, suppressed }, nameOf, colors),
      /^No problems in 1 file\. Comments hide 1 more\.$/m,
    );
  });

  it('says that there are no problems', () => {
    assert.equal(textReport(report('x'), nameOf, colors), 'No problems in 1 file.\n');
  });

  it('shows a finding of a file that could not be read', () => {
    const text = textReport({ ...report('', {}), documents: new Map() }, nameOf, colors);
    assert.match(text, /^a\.conf:1:1: error test\/rule: Wrong\.\n\n/);
  });

  it('uses colours only where it is given some', () => {
    const findings = report('port=1', {});
    assert.doesNotMatch(textReport(findings, nameOf, colors), /\x1b/);
    assert.match(textReport(findings, nameOf, pc.createColors(true)), /\x1b\[31merror/);
  });

  it('lets nothing of a file, its name or a message reach the terminal as a command', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom(
            'a',
            '\x1b',
            '\x9b',
            '\r',
            '\n',
            '\u202e',
            '\ud800',
            '\0',
            '\x7f',
            '\u2028',
            '\t',
          ),
        }),
        fc.nat(),
        (text, name, message, at) => {
          const start = at % (text.length + 1);
          const finding = {
            span: span(start, text.length),
            message,
            related: [{ uri, span: span(0, 0), message }],
            fix: { title: message, edits: [] },
          };
          const output = textReport(report(text, finding), () => name, colors);
          assert.doesNotMatch(output, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
          assert.doesNotMatch(output, loneSurrogate);
          assert.ok(output.split('\n').length <= 10);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('an excerpt', () => {
  const cases: readonly (readonly [
    name: string,
    text: string,
    start: number,
    end: number,
    expected: readonly string[],
  ])[] = [
    ['underlines its span', 'ab cd ef', 3, 5, ['ab cd ef', '   ^^']],
    ['marks an empty span', 'ab', 1, 1, ['ab', ' ^']],
    ['marks the end of a line', 'ab\ncd', 2, 2, ['ab', '  ^']],
    ['ends at the end of its line', 'ab\ncd', 1, 5, ['ab', ' ^']],
    ['shows the line on which it starts', 'ab\ncd\nef', 3, 5, ['cd', '^^']],
    ['expands tabs', '\ta\tb', 3, 4, ['    a   b', '        ^']],
    ['underlines a tab as wide as it is', 'a\tb', 1, 2, ['a   b', ' ^^^']],
    ['counts wide characters twice', '漢字=x', 3, 4, ['漢字=x', '     ^']],
    ['underlines wide characters', 'a漢字', 1, 3, ['a漢字', ' ^^^^']],
    ['counts emoji twice', '😀=x', 3, 4, ['😀=x', '   ^']],
    ['counts combining marks not at all', 'e\u0301=x', 3, 4, ['e\u0301=x', '  ^']],
    ['spells control characters out', 'a\x1b[1mb', 1, 2, ['a\\x1b[1mb', ' ^^^^']],
    ['leaves a CRLF out', 'a\r\nb', 0, 1, ['a', '^']],
    ['leaves a byte order mark out', '\ufeffab', 2, 3, ['ab', ' ^']],
    ['shows something for a byte order mark', '\ufeffab', 0, 1, ['ab', '^']],
  ];
  for (const [name, text, start, end, expected] of cases) {
    it(name, () => assert.deepEqual(shown(text, start, end), expected));
  }

  it('shows a window of a long line, and nothing of it broken', () => {
    const long = `${'a'.repeat(5000)}😀KEY${'😀'.repeat(5000)}`;
    const [line = '', mark = ''] = shown(long, 5002, 5005);
    assert.ok(line.startsWith('…aaa') && line.endsWith('…') && !loneSurrogate.test(line));
    assert.ok(line.length < 120);
    assert.equal(line.slice(line.indexOf('KEY')).startsWith('KEY'), true);
    assert.equal(mark.length - mark.trimStart().length, line.indexOf('KEY') + 0);
    assert.equal(mark.trim(), '^^^');
  });

  it('underlines what is in the window of a long span', () => {
    const [line = '', mark = ''] = shown('x'.repeat(100_000), 0, 100_000);
    assert.equal(mark.length, line.length - 1);
  });

  it('hides what is secret', () => {
    const source = documentFromText(uri, 'key: [hunter2, x]\n');
    assert.equal(excerpt(source, span(0, 3), [span(6, 13)]).text, 'key: [*******, x]');
  });

  const secrets: readonly (readonly [line: string, expected: string])[] = [
    ['ha-password=hunter2', 'ha-password=*******'],
    ['ha-password = hunter2#x', 'ha-password = *********'],
    [' ssl-cert-password-file=/x', ' ssl-cert-password-file=**'],
    ['password: hunter2', 'password: *******'],
    ['"password": "hunter2"', '"password": *********'],
    ['ha-password hunter2', 'ha-password *******'],
    ['ha-brokers-url=amqp:u:hunter2@h', 'ha-brokers-url=**************@h'],
    ['address: amqps://u:hunter2@h', 'address: amqps://*********@h'],
    ['- {address: u/hunter2@h}', '- {address: *********@h}'],
    ['realm=QPID # admin@example.com', 'realm=QPID # admin@example.com'],
    ['port=5672', 'port=5672'],
  ];
  for (const [line, expected] of secrets) {
    it(`shows ${expected}`, () => assert.equal(shown(line, 0, 1)[0], expected));
  }

  it('hides a secret that is longer than the window', () => {
    const line = `ha-password=${'hunter2'.repeat(100)}`;
    for (const at of [0, 11, 300, line.length]) assert.doesNotMatch(shown(line, at, at)[0] ?? '', /hunter/);
    const url = `${'x'.repeat(300)} u:${'hunter2'.repeat(40)}@host`;
    for (const at of [0, 300, 400, url.length]) assert.doesNotMatch(shown(url, at, at)[0] ?? '', /hunter/);
  });

  it('underlines within its line, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const part = excerpt(documentFromText(uri, text), span(start ?? 0, end ?? 0), []);
        let width = 0;
        for (const character of part.text) width += cell(character, width).width;
        assert.ok(part.indent <= width && part.indent + part.underline <= width + 1);
        assert.doesNotMatch(part.text, /\n/);
      }),
    );
  });
});

describe('visible text', () => {
  it('is left as it is', () => {
    assert.equal(visible('Grüße, 漢字 😀 "→"'), 'Grüße, 漢字 😀 "→"');
  });

  it('stands for what cannot be seen', () => {
    assert.equal(visible('a\x1b]0;x\x07\u202e\ud800\n'), 'a\\x1b]0;x\\x07\\u{202e}\\u{d800}\\x0a');
  });
});
