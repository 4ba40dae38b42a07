/**
 * Booleans as boost reads them (program_options/value_semantic.cpp validate): eight words in any letter case,
 * and the empty text, which means yes.
 */
const words: ReadonlyMap<string, boolean> = new Map([
  ['', true],
  ['yes', true],
  ['true', true],
  ['on', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['off', false],
  ['0', false],
]);

/** Words that people write and the broker refuses, where only one thing can be meant. */
const meanings: ReadonlyMap<string, boolean> = new Map([
  ['y', true],
  ['t', true],
  ['enable', true],
  ['enabled', true],
  ['n', false],
  ['f', false],
  ['none', false],
  ['disable', false],
  ['disabled', false],
]);

export function parseBoolean(text: string): boolean | undefined {
  return words.get(lowerCase(text));
}

/** What a refused word surely means. */
export function meantBoolean(text: string): boolean | undefined {
  return meanings.get(lowerCase(text));
}

/** ASCII only, like `tolower` in the C locale. */
function lowerCase(text: string): string {
  return text.length > 8 ? text : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
