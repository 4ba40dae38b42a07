/**
 * Durations as the broker reads them (sys/posix/Time.cpp operator>>): a number as C's `strtod` takes it, so that
 * `1e1`, `0x10`, `inf` and `nan` pass, followed at once by nothing (seconds) or by `s`, `ms`, `us` or `ns`.
 */
export type DurationResult =
  /** Seconds; may be negative, infinite or NaN. */
  { readonly ok: true; readonly seconds: number } | { readonly ok: false };

const refused: DurationResult = { ok: false };

/** What `isspace` holds for blank in the C locale: the stream stops there, and boost then wants its end. */
const space = /[\t\n\v\f\r ]/;

const number =
  /^[+-]?(?:inf(?:inity)?|nan(?:\([0-9a-z_]*\))?|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]+)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)/i;

const secondsPer: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['ns', 1e-9],
]);

export function parseDuration(text: string): DurationResult {
  if (space.test(text)) return refused;
  const nul = text.indexOf('\0');
  const readable = nul < 0 ? text : text.slice(0, nul);
  const digits = number.exec(readable)?.[0];
  if (digits === undefined) return refused;
  const factor = secondsPer.get(readable.slice(digits.length));
  return factor === undefined ? refused : { ok: true, seconds: toNumber(digits.toLowerCase()) * factor };
}

function toNumber(digits: string): number {
  const negative = digits.startsWith('-');
  const magnitude = unsigned(digits.replace(/^[+-]/, ''));
  return negative ? -magnitude : magnitude;
}

function unsigned(digits: string): number {
  if (digits.startsWith('inf')) return Number.POSITIVE_INFINITY;
  if (digits.startsWith('nan')) return Number.NaN;
  if (!digits.startsWith('0x')) return Number(digits);
  const [mantissa = '', exponent = '0'] = digits.slice(2).split('p');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const significand = Number(BigInt(`0x0${whole}${fraction}`));
  return significand * 2 ** (Number(exponent) - 4 * fraction.length);
}

const spelled = /^([0-9]+(?:\.[0-9]+)?) ?([a-z]+)\.?$/;

const spellings: ReadonlyMap<string, readonly [factor: number, suffix: string]> = new Map([
  ['ns', [1, 'ns']],
  ['us', [1, 'us']],
  ['usec', [1, 'us']],
  ['ms', [1, 'ms']],
  ['msec', [1, 'ms']],
  ['millis', [1, 'ms']],
  ['milliseconds', [1, 'ms']],
  ['s', [1, 's']],
  ['sec', [1, 's']],
  ['secs', [1, 's']],
  ['second', [1, 's']],
  ['seconds', [1, 's']],
  ['m', [60, 's']],
  ['min', [60, 's']],
  ['mins', [60, 's']],
  ['minute', [60, 's']],
  ['minutes', [60, 's']],
  ['h', [3600, 's']],
  ['hr', [3600, 's']],
  ['hour', [3600, 's']],
  ['hours', [3600, 's']],
  ['d', [86400, 's']],
  ['day', [86400, 's']],
  ['days', [86400, 's']],
]);

/** The duration that a refused text surely means: `5 s`, `10S`, `1m`, `2 hours`. */
export function meantDuration(text: string): string | undefined {
  const match = spelled.exec(text.toLowerCase());
  if (match === null) return undefined;
  const [, amount = '', unit = ''] = match;
  const spelling = spellings.get(unit);
  if (spelling === undefined) return undefined;
  const [factor, suffix] = spelling;
  const value = factor === 1 ? amount : String(Number(amount) * factor);
  return /^[0-9.]+$/.test(value) ? `${value}${suffix}` : undefined;
}
