import assert from 'node:assert/strict';
import { test } from 'node:test';
import { URI, Utils } from 'vscode-uri';
import { baseName, canonicalUri, childUri, folderOf, pathOfUri } from '../../server/project/uris';
import fc from '../support/fast-check';

const segment = fc.oneof(
  fc.constantFrom(
    'a',
    'etc',
    'qpidd.conf',
    '.git',
    '.',
    '..',
    '...',
    'a b',
    'a%20b',
    'ä',
    'C:',
    'x~',
    '-',
    '_',
    '',
  ),
  fc.string({ maxLength: 4 }),
);
const uri = fc
  .tuple(
    fc.constantFrom('file://', 'file://', 'file://', 'file:', 'file://host', 'untitled:', ''),
    fc.array(segment, { maxLength: 4 }),
  )
  .map(([start, segments]) => start + segments.map((part) => `/${part}`).join(''));

/** What the library that knows all of URIs answers, or that it has no answer. */
function answer<Value>(ask: () => Value): Value | 'fails' {
  try {
    return ask();
  } catch {
    return 'fails';
  }
}

test('parts of URIs are those that a full parse finds', () => {
  fc.assert(
    fc.property(uri, segment, (one, name) => {
      const parsed = () => URI.parse(one);
      assert.equal(
        canonicalUri(one),
        answer(() => URI.parse(one, true).toString()) === 'fails' ? one : URI.parse(one, true).toString(),
      );
      const path = () => (parsed().scheme === 'file' ? parsed().fsPath : undefined);
      assert.equal(
        answer(() => pathOfUri(one)),
        answer(path),
      );
      assert.equal(
        answer(() => folderOf(one)),
        answer(() => Utils.dirname(parsed()).toString()),
      );
      assert.equal(
        answer(() => baseName(one)),
        answer(() => Utils.basename(parsed())),
      );
      assert.equal(
        answer(() => childUri(one, name)),
        answer(() => Utils.joinPath(parsed(), name).toString()),
      );
    }),
    { numRuns: 3000 },
  );
});
