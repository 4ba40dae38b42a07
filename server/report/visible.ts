/**
 * What a terminal would obey instead of showing: control characters, and those that reverse or hide text. A file
 * may have been written to deceive.
 */
const invisible =
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text such that each of its characters can be seen. */
export function visible(text: string): string {
  return text.replace(invisible, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** East Asian wide and fullwidth characters, and emoji: two columns of a terminal (Unicode Annex 11). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Drawn over the character before it. */
const combining = /^\p{M}$/u;

const tabStop = 4;

/**
 * One character as it is printed.
 *
 * @param column where it begins, from 0, which decides how wide a tab is.
 */
export function cell(character: string, column: number): { readonly text: string; readonly width: number } {
  if (character === '\t') {
    const width = tabStop - (column % tabStop);
    return { text: ' '.repeat(width), width };
  }
  const text = visible(character);
  if (text !== character) return { text, width: text.length };
  if (combining.test(character)) return { text, width: 0 };
  return { text, width: wide.test(character) ? 2 : 1 };
}
