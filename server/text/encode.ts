import type { Encoding } from './decode';

const utf8 = new TextEncoder();

/**
 * The bytes of a text in the encoding that it was read in: the inverse of `decode`. `undefined` where a
 * character has no place in that encoding.
 */
export function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'utf-8') return utf8.encode(text);
  // All others were read one character a byte.
  return /[^\x00-\xff]/.test(text)
    ? undefined
    : Uint8Array.from(text, (character) => character.charCodeAt(0));
}
