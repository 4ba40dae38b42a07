import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { format } from '../../server/qpidd-conf/format';
import { linesOf } from '../../server/qpidd-conf/syntax';
import { applyEdits } from '../../server/text/edit';
import type { Span } from '../../server/text/span';
import fc from '../support/fast-check';
import { anyConf, control } from './arbitrary';
import { conf, lint } from './support';

function formatted(text: string, within?: Span): string {
  return applyEdits(text, format(conf(text), within));
}

describe('formatting', () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    ['removes blanks after =', 'port=  \t5672\n', 'port=5672\n'],
    ['removes blanks after a value', 'port=5672 \t\nauth=no ', 'port=5672\nauth=no'],
    ['keeps CRLF', 'port= 5672 \r\nauth=no\r\n', 'port=5672\r\nauth=no\r\n'],
    ['removes the blanks that are a whole value', 'ha-username=  \nauth=\t\r\n', 'ha-username=\nauth=\r\n'],
    ['keeps the blanks inside a value', 'log-prefix=a  b\n', 'log-prefix=a  b\n'],
    ['keeps comments and their columns', 'port=5672   # main  \nauth=   # empty\n', ''],
    ['keeps comment lines as they are', '  # one  \n#two\t\n', ''],
    ['empties blank lines', 'port=1\n  \t\nauth=no\n', 'port=1\n\nauth=no\n'],
    ['leaves one of several blank lines', 'port=1\n\n \n\t\n\nauth=no\n', 'port=1\n\nauth=no\n'],
    ['leaves one blank line at either end', '\n\n\nport=1\n\n\n', '\nport=1\n\n'],
    ['adds no line end', 'port=1\n\n  ', 'port=1\n\n'],
    ['never makes a file empty, which the broker refuses', '  ', ''],
    ['leaves one line of a file of blank lines', ' \n\n', '\n'],
    ['leaves lines that the broker refuses', 'port = 1 \n auth= no \nnonsense  \n \r\n\r\n', ''],
    ['formats settings of modules that it does not know', 'x-option=  1 \n', 'x-option=1\n'],
    [
      'keeps a no-break space, which is part of the value',
      'log-prefix=\u00a0a\u00a0 \n',
      'log-prefix=\u00a0a\u00a0\n',
    ],
    ['does nothing to a binary file', 'port= 1\0\0\0\x01 \n\0', ''],
  ];
  for (const [title, before, after] of cases) {
    test(title, () => assert.equal(formatted(before), after === '' ? before : after));
  }
  test('of a selection leaves the other lines', () => {
    const text = 'port= 1\nauth= no\nrealm= x\n';
    assert.equal(formatted(text, { start: 10, end: 12 }), 'port= 1\nauth=no\nrealm= x\n');
  });
});

/** Blanks at places where people and generators leave them. */
const blankConf = fc
  .tuple(
    anyConf,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(' ', '\t', '  ', '\n', '\n \n')), { maxLength: 6 }),
  )
  .map(([text, insertions]) =>
    insertions.reduce((result, [number, blanks]) => {
      const at = number % (result.length + 1);
      return result.slice(0, at) + blanks + result.slice(at);
    }, text),
  )
  .filter((text) => !control.test(text));

const runs = { numRuns: 2000 };

function errors(text: string): string[] {
  return lint(text)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule} ${message}`);
}

test('formatting changes no setting, and neither cures nor adds an error', () => {
  fc.assert(
    fc.property(blankConf, (text) => {
      const after = formatted(text);
      const settings = (of: string) =>
        conf(of).settings.map(({ option, text, parsed }) => [option.name, text, parsed]);
      assert.deepEqual(settings(after), settings(text));
      assert.deepEqual(errors(after), errors(text));
    }),
    runs,
  );
});

test('formatting changes blanks only, and no comment', () => {
  fc.assert(
    fc.property(blankConf, (text) => {
      const after = formatted(text);
      const visible = (of: string) => of.replace(/[ \t\n]/g, '');
      assert.equal(visible(after), visible(text));
      const comments = (of: string) =>
        [...linesOf(of)].flatMap((line) =>
          'comment' in line && line.comment ? [of.slice(line.comment.start, line.comment.end)] : [],
        );
      assert.deepEqual(comments(after), comments(text));
    }),
    runs,
  );
});

test('formatting twice is formatting once', () => {
  fc.assert(
    fc.property(blankConf, (text) => {
      assert.deepEqual(format(conf(formatted(text))), []);
    }),
    runs,
  );
});

test('formatting a selection makes part of the edits of formatting all', () => {
  fc.assert(
    fc.property(blankConf, fc.nat(), fc.nat(), (text, one, other) => {
      const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
      const all = new Set(format(conf(text)).map(({ span }) => `${span.start}-${span.end}`));
      for (const { span } of format(conf(text), { start, end })) {
        assert.ok(all.has(`${span.start}-${span.end}`));
      }
    }),
    runs,
  );
});
