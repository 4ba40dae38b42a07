import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from '../../server/text/decode';
import { encode } from '../../server/text/encode';
import fc from '../support/fast-check';

describe('encoding', () => {
  it('gives back the bytes that a text was decoded from, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { text, encoding } = decode(bytes);
        assert.deepEqual(Buffer.from(encode(text, encoding) ?? []), Buffer.from(bytes));
      }),
    );
  });

  it('refuses what the encoding cannot hold', () => {
    assert.equal(encode('→', 'latin-1'), undefined);
    assert.deepEqual(encode('→', 'utf-8'), new TextEncoder().encode('→'));
  });
});
