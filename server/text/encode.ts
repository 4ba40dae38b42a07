import type { Encoding } from './decode';

/**
 * The bytes of a text in the encoding that it was read in: the inverse of `decode`. `undefined` where a
 * character has no place in that encoding.
 */
export function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  // All others were read one character a byte.
  return /[^\x00-\xff]/.test(text) ? undefined : Buffer.from(text, 'latin1');
}
