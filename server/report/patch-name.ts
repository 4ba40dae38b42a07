/** What would end a name in a patch, or be obeyed by a terminal. */
const odd = /["\\\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

/**
 * A file name as it stands in a patch: plain, with a tab behind it where blanks are in it, or quoted with the octal
 * numbers of odd bytes, as git and GNU patch 2.7 have it.
 */
export function patchName(name: string): string {
  if (odd.test(name)) return `"${[...Buffer.from(name, 'utf8')].map(quotedByte).join('')}"`;
  return name.includes(' ') ? `${name}\t` : name;
}

function quotedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '"' || character === '\\') return `\\${character}`;
  if (byte >= 0x20 && byte < 0x7f) return character;
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
