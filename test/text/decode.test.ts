import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../server/text/decode';
import fc from '../support/fast-check';

const cases: readonly [title: string, bytes: number[], text: string, encoding: string][] = [
  ['UTF-8', [0x70, 0xc3, 0xa4], 'pä', 'utf-8'],
  ['a byte order mark, which stays in the text', [0xef, 0xbb, 0xbf, 0x70], '\ufeffp', 'utf-8'],
  ['Latin-1, a character a byte', [0x70, 0xe4], 'p\u00e4', 'latin-1'],
  ['UTF-16 little endian', [0xff, 0xfe, 0x70, 0x00], '\u00ff\u00fep\0', 'utf-16le'],
  ['UTF-16 big endian', [0xfe, 0xff, 0x00, 0x70], '\u00fe\u00ff\0p', 'utf-16be'],
  ['nothing', [], '', 'utf-8'],
];

for (const [title, bytes, text, encoding] of cases) {
  test(`decodes ${title}`, () => {
    assert.deepEqual(decode(Uint8Array.from(bytes)), { text, encoding });
  });
}

test('no bytes are lost: every decoding can be turned back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { text, encoding } = decode(bytes);
      const back = encoding === 'utf-8' ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1');
      assert.deepEqual(Uint8Array.from(back), bytes);
    }),
  );
});
