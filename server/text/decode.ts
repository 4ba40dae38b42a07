/**
 * Bytes of a configuration file as text, such that no byte is lost.
 *
 * The broker passes values through byte for byte and treats a byte order mark as part of the first key
 * (Options.cpp configFileLine), so the mark is kept in the text, and bytes that are no UTF-8 are read
 * as Latin-1, one character a byte.
 */
export type Encoding = 'utf-8' | 'latin-1' | 'utf-16le' | 'utf-16be';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decode(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: latin1(bytes), encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: latin1(bytes), encoding: 'utf-16be' };
  try {
    return { text: strictUtf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: latin1(bytes), encoding: 'latin-1' };
  }
}

/** How many characters go into one call: more than a hundred thousand could be more than it takes. */
const piece = 8192;

/** One character a byte. Without Node's own means, so that it runs in a browser as well. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += piece) {
    text += String.fromCharCode(...bytes.subarray(start, start + piece));
  }
  return text;
}
