import { distance } from 'fastest-levenshtein';
import type { EnumType } from '../catalogue';

/** The value that `text` stands for, in the catalogue's spelling; undefined when the broker does not know it. */
export function matchEnum(type: EnumType, text: string): string | undefined {
  const word = type.ignoreCase === true ? upperCase(text) : text;
  const bare =
    type.prefix !== undefined && word.startsWith(type.prefix) ? word.slice(type.prefix.length) : word;
  return type.values.includes(bare) ? bare : undefined;
}

/** The one value that an unknown word surely means: another letter case, or a slip of the pen. */
export function meantEnum(type: EnumType, text: string): string | undefined {
  return meantWord(type.values, type.prefix === undefined ? text : text.replace(/^log_/i, ''));
}

/** The one of `words` that differs from `text` in letter case only, or by one or two letters where no other does. */
export function meantWord(words: readonly string[], text: string): string | undefined {
  const lower = text.toLowerCase();
  const same = words.find((word) => word.toLowerCase() === lower);
  if (same !== undefined || text.length > 40) return same;
  const near = words
    .map((word) => ({ word, edits: distance(word.toLowerCase(), lower) }))
    .filter(({ word, edits }) => edits <= allowance(Math.min(word.length, text.length)))
    .sort((a, b) => a.edits - b.edits);
  const [first, second] = near;
  return first !== undefined && first.edits !== second?.edits ? first.word : undefined;
}

/** How many letters may be wrong in a word of this length before it could be another word. */
export function allowance(length: number): number {
  return length >= 6 ? 2 : length >= 4 ? 1 : 0;
}

/** ASCII only, like `toupper` in the C locale. */
function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
