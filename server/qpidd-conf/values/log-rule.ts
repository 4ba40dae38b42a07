import { meantWord } from './enumeration';

/**
 * Logging rules, `[!]LEVEL[+|-][:PATTERN]` (log/Selector.cpp SelectorElement). A pattern that names no category
 * exactly is taken as part of a function's name. An empty rule is accepted and switches nothing on.
 */
export const logLevels = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;

export const logCategories = [
  'Security',
  'Broker',
  'Management',
  'Protocol',
  'System',
  'HA',
  'Messaging',
  'Store',
  'Network',
  'Test',
  'Client',
  'Application',
  'Model',
  'Unspecified',
] as const;

export interface LogRule {
  readonly level: string;
  /** False where the broker refuses the rule. */
  readonly levelKnown: boolean;
  /** Which other levels the rule covers too: `+` those above, `-` those below. */
  readonly reach: 'above' | 'below' | 'only';
  /** `!`: the rule switches off, also in `log-enable`. */
  readonly off: boolean;
  /** Offset of the level's name in the rule. */
  readonly levelStart: number;
  readonly pattern: string;
  /** Offset of the pattern; the length of the rule when it has none. */
  readonly patternStart: number;
}

/** Undefined for the empty rule. */
export function parseLogRule(text: string): LogRule | undefined {
  if (text === '') return undefined;
  const levelStart = text.startsWith('!') ? 1 : 0;
  const colon = text.indexOf(':', levelStart);
  const levelEnd = colon < 0 ? text.length : colon;
  const sign = levelEnd > levelStart ? text[levelEnd - 1] : undefined;
  const level = text.slice(levelStart, sign === '+' || sign === '-' ? levelEnd - 1 : levelEnd);
  const patternStart = colon < 0 ? text.length : colon + 1;
  return {
    level,
    levelKnown: includes(logLevels, beforeNul(level)),
    reach: sign === '+' ? 'above' : sign === '-' ? 'below' : 'only',
    off: levelStart > 0,
    levelStart,
    pattern: text.slice(patternStart),
    patternStart,
  };
}

export function isLogRule(text: string): boolean {
  return parseLogRule(text)?.levelKnown ?? true;
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ['warn', 'warning'],
  ['err', 'error'],
  ['crit', 'critical'],
  ['fatal', 'critical'],
  ['information', 'info'],
]);

/** The level that an unknown word surely means. */
export function meantLevel(word: string): string | undefined {
  return synonyms.get(word.toLowerCase()) ?? meantWord(logLevels, word);
}

/**
 * The category that a pattern misspells. Letter case alone is no slip: `ha::` and `broker` are parts of
 * function names. Only a capitalised word is taken for a category.
 */
export function meantCategory(pattern: string): string | undefined {
  if (!/^[A-Z][A-Za-z]+$/.test(pattern) || includes(logCategories, pattern)) return undefined;
  const meant = meantWord(logCategories, pattern);
  return meant?.toLowerCase() === pattern.toLowerCase() ? undefined : meant;
}

function includes(words: readonly string[], word: string): boolean {
  return words.includes(word);
}

/** The broker compares C strings. */
function beforeNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}
