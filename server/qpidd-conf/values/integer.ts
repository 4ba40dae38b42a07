/**
 * Integers as boost's `lexical_cast` reads them: decimal digits with an optional sign, leading zeros allowed,
 * nothing else. An unsigned type accepts a minus sign and wraps: `-1` is its maximum.
 */
export type IntegerResult =
  | { readonly ok: true; readonly value: number; readonly wrapped: boolean }
  | { readonly ok: false; readonly reason: 'empty' | 'not-a-number' | 'out-of-range' };

export interface IntegerWidth {
  readonly bits: 16 | 32 | 64;
  readonly signed: boolean;
}

const integer = /^([+-]?)0*([0-9]+)$/;

/** No number of 64 bits has more digits. */
const longest = 20;

export function parseInteger(text: string, width: IntegerWidth): IntegerResult {
  if (text === '') return { ok: false, reason: 'empty' };
  const match = integer.exec(text);
  if (match === null) return { ok: false, reason: 'not-a-number' };
  const [, sign = '', digits = ''] = match;
  if (digits.length > longest) return { ok: false, reason: 'out-of-range' };
  const magnitude = BigInt(digits);
  const negative = sign === '-';
  const { min, max } = limits(width);
  if (width.signed) {
    const value = negative ? -magnitude : magnitude;
    return value < min || value > max
      ? { ok: false, reason: 'out-of-range' }
      : { ok: true, value: Number(value), wrapped: false };
  }
  if (magnitude > max) return { ok: false, reason: 'out-of-range' };
  const wrapped = negative && magnitude > 0n;
  return { ok: true, value: Number(wrapped ? max + 1n - magnitude : magnitude), wrapped };
}

/** What the broker takes a negative number of an unsigned type for, to the last digit. */
export function wrappedText(text: string, width: IntegerWidth): string {
  return String(BigInt.asUintN(width.bits, BigInt(text)));
}

export function limits({ bits, signed }: IntegerWidth): { readonly min: bigint; readonly max: bigint } {
  const count = 1n << BigInt(bits);
  return signed ? { min: -count / 2n, max: count / 2n - 1n } : { min: 0n, max: count - 1n };
}

const grouped = /^[0-9]{1,3}(?:([,_' ])[0-9]{3})(?:\1[0-9]{3})*$/;
const hexadecimal = /^0[xX][0-9a-fA-F]{1,16}$/;
const wholeDecimal = /^([+-]?[0-9]+)\.0*$/;
const timed = /^([0-9]{1,9}) ?(ms|s|sec|secs|seconds|min|m|minutes|h|hours)$/;

const millisecondsPer: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hours: 3_600_000,
};

/**
 * The integer that a refused text surely means: `104,857,600`, `0x1000`, `5.0`, or a time where the option
 * counts seconds or milliseconds. Sizes such as `100M` are no such case: 10^6 and 2^20 are both in use.
 */
export function meantInteger(text: string, unit?: string): string | undefined {
  if (grouped.test(text)) return text.replace(/[,_' ]/g, '');
  if (hexadecimal.test(text)) return BigInt(text).toString();
  const decimal = wholeDecimal.exec(text)?.[1];
  if (decimal !== undefined) return decimal;
  const time = timed.exec(text);
  if (time === null || (unit !== 's' && unit !== 'ms')) return undefined;
  const [, amount = '', suffix = ''] = time;
  const milliseconds = Number(amount) * (millisecondsPer[suffix] ?? Number.NaN);
  const value = unit === 's' ? milliseconds / 1000 : milliseconds;
  return Number.isInteger(value) ? String(value) : undefined;
}
