import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byteOrderMarkLength, type Line, lineAt, linesOf } from '../../server/qpidd-conf/syntax';
import type { Span } from '../../server/text/span';
import fc from '../support/fast-check';
import { anyConf } from './arbitrary';

/** A line in short: its kind, then its parts in brackets. */
function shown(text: string, line: Line): string {
  const part = ({ start, end }: Span) => `[${text.slice(start, end)}]`;
  switch (line.kind) {
    case 'blank':
      return 'blank';
    case 'comment':
      return `comment ${part(line.comment)}`;
    case 'setting':
      return `setting ${part(line.key)}${part(line.value)}${line.comment ? part(line.comment) : ''}`;
    case 'malformed':
      return `malformed ${part(line.content)}`;
  }
}

const cases: readonly (readonly [text: string, ...lines: string[]])[] = [
  ['', 'blank'],
  ['\n', 'blank', 'blank'],
  [' \t', 'blank'],
  ['port=5672', 'setting [port][5672]'],
  ['port=5672\n', 'setting [port][5672]', 'blank'],
  ['port=5672\r\n', 'setting [port][5672]', 'blank'],
  ['port= \t5672 \r', 'setting [port][5672]'],
  ['port=5672 # main', 'setting [port][5672][# main]'],
  ['port=5672#main\r', 'setting [port][5672][#main]'],
  ['port=#5672', 'setting [port][][#5672]'],
  ['port=', 'setting [port][]'],
  ['port=   ', 'setting [port][]'],
  ['a=b=c', 'setting [a][b=c]'],
  ['\t port =5672', 'setting [port][5672]'],
  ['\u00a0port=5672', 'setting [port][5672]'],
  ['port=\u00a05672', 'setting [port][\u00a05672]'],
  ['port=5672\f', 'setting [port][5672\f]'],
  ['a=1\rb=2\r', 'setting [a][1\rb=2]'],
  ['  # comment\r', 'comment [# comment]'],
  ['auth', 'malformed [auth]'],
  ['a#b=c', 'malformed [a#b=c]'],
  ['; a=b', 'malformed [; a=b]'],
  ['[a=b]', 'malformed [[a=b]]'],
  ['=5672', 'malformed [=5672]'],
  ['\r', 'malformed [\r]'],
  ['\f', 'malformed [\f]'],
  ['\ufeffport=5672', 'setting [port][5672]'],
  ['\u00ef\u00bb\u00bf# c', 'comment [# c]'],
];

describe('a line is', () => {
  for (const [text, ...lines] of cases) {
    test(`${JSON.stringify(text)}: ${lines.join(', ')}`, () => {
      assert.deepEqual(
        [...linesOf(text)].map((line) => shown(text, line)),
        lines,
      );
    });
  }
});

test('lines and the line feeds between them tile the text', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      let at = byteOrderMarkLength(text);
      for (const { span } of linesOf(text)) {
        assert.equal(span.start, at);
        assert.ok(!text.slice(span.start, span.end).includes('\n'));
        at = span.end + 1;
        if (span.end < text.length) assert.equal(text[span.end], '\n');
      }
      assert.equal(at, text.length + 1);
    }),
  );
});

test('the parts of a line stand in order and within it', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      for (const line of linesOf(text)) {
        const parts = partsOf(line).flatMap(({ start, end }) => [start, end]);
        const all = [line.span.start, ...parts, line.span.end];
        assert.deepEqual(
          all,
          [...all].sort((a, b) => a - b),
        );
        if (line.kind === 'setting') assert.equal(text.slice(line.equals.start, line.equals.end), '=');
      }
    }),
  );
});

function partsOf(line: Line): readonly Span[] {
  switch (line.kind) {
    case 'blank':
      return [];
    case 'comment':
      return [line.comment];
    case 'malformed':
      return [line.content];
    case 'setting':
      return [line.key, line.equals, line.value, ...(line.comment === undefined ? [] : [line.comment])];
  }
}

test('the line at an offset is the one that the whole text has there', () => {
  fc.assert(
    fc.property(anyConf, fc.nat(), (text, number) => {
      const offset = number % (text.length + 1);
      const expected = [...linesOf(text)].find(({ span }) => offset <= span.end);
      assert.deepEqual(lineAt(text, offset), expected);
    }),
  );
});
