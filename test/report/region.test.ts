import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { regionOf } from '../../server/report/region';
import { documentFromText } from '../../server/text/document';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';
import { uri } from '../support/reports';

type Numbers = readonly [
  startLine: number,
  startColumn: number,
  endLine: number,
  endColumn: number,
  charOffset: number,
  charLength: number,
];

function region(text: string, start: number, end: number): Numbers {
  const { startLine, startColumn, endLine, endColumn, charOffset, charLength } = regionOf(
    documentFromText(uri, text),
    span(start, end),
  );
  return [startLine, startColumn, endLine, endColumn, charOffset, charLength];
}

const cases: readonly (readonly [name: string, text: string, start: number, end: number, Numbers])[] = [
  ['a part of a line', 'ab\ncd\n', 3, 5, [2, 1, 2, 3, 3, 2]],
  ['a part of a line that ends in CRLF', 'ab\r\ncd\r\n', 4, 6, [2, 1, 2, 3, 4, 2]],
  ['a line and its end', 'ab\ncd', 0, 3, [1, 1, 2, 1, 0, 3]],
  ['lines that end in CR alone', 'a\rb', 2, 3, [2, 1, 2, 2, 2, 1]],
  ['characters outside the BMP, as two', '😀=1', 2, 4, [1, 3, 1, 5, 2, 2]],
  ['the first character behind a byte order mark', '\ufeffab', 1, 2, [1, 1, 1, 2, 0, 1]],
  ['a byte order mark, as nothing', '\ufeffab', 0, 1, [1, 1, 1, 1, 0, 0]],
  ['a byte order mark and more', '\ufeffab', 0, 2, [1, 1, 1, 2, 0, 1]],
  ['a second line behind a byte order mark', '\ufeffab\ncd', 4, 6, [2, 1, 2, 3, 3, 2]],
  ['the end of a file, on its last line', 'ab\ncd\n', 6, 6, [2, 4, 2, 4, 6, 0]],
  ['the end of a file with CRLF', 'ab\r\n', 4, 4, [1, 5, 1, 5, 4, 0]],
  ['the end of a file without a last line end', 'ab', 2, 2, [1, 3, 1, 3, 2, 0]],
  ['an empty file', '', 0, 0, [1, 1, 1, 1, 0, 0]],
  ['a file that is one line end', '\n', 1, 1, [1, 2, 1, 2, 1, 0]],
  ['a file that is one byte order mark', '\ufeff', 0, 1, [1, 1, 1, 1, 0, 0]],
];

describe('a region', () => {
  for (const [name, text, start, end, expected] of cases) {
    it(`names ${name}`, () => assert.deepEqual(region(text, start, end), expected));
  }

  it('says the same by lines and columns as by offsets, whatever the text', () => {
    const character = fc.constantFrom('a', '😀', '\n', '\r', '\r\n', '\ufeff', '\u2028');
    fc.assert(
      fc.property(fc.string({ unit: character }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const [startLine, startColumn, endLine, endColumn, charOffset, charLength] = region(text, start, end);
        // Read as the specification says: no byte order mark, and lines with their ends.
        const shown = text.replace(/^\ufeff/, '');
        const lines = shown.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [''];
        const offsetOf = (line: number, column: number) =>
          lines.slice(0, line - 1).join('').length + column - 1;
        assert.equal(offsetOf(startLine, startColumn), charOffset);
        assert.equal(offsetOf(endLine, endColumn), charOffset + charLength);
        assert.ok(endLine <= lines.length);
      }),
      { numRuns: 1000 },
    );
  });
});
