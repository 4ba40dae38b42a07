import type { ValueType } from '../../qpidd-conf/catalogue';
import { quoted } from '../../qpidd-conf/describe';
import type { Value } from '../../qpidd-conf/values/value';
import type { ValueLimits } from './model';

/** Whether a value is what a policy wants; `text` is the same as it stands in the file. */
export function fits({ values, patterns, min, max }: ValueLimits, value: Value, text: string): boolean {
  if (values.length > 0 && !values.some((allowed) => isSame(allowed.value, value))) return false;
  if (patterns.length > 0 && !patterns.some((pattern) => isLike(text, pattern))) return false;
  if (min === undefined && max === undefined) return true;
  // `nan` is neither more nor less than anything.
  const amount = amountOf(value);
  return (
    (min === undefined || amount >= amountOf(min.value)) &&
    (max === undefined || amount <= amountOf(max.value))
  );
}

/** A number, or seconds; NaN for what is neither. */
export function amountOf(value: Value): number {
  if (value.kind === 'integer') return value.value;
  return value.kind === 'duration' ? value.seconds : Number.NaN;
}

/** Whether the broker takes two values for the same: `yes` and `true`, `30` and `30s`. */
export function isSame(one: Value, other: Value): boolean {
  return one.kind !== 'invalid' && one.kind === other.kind && spelledOneWay(one) === spelledOneWay(other);
}

function spelledOneWay(value: Value): string {
  switch (value.kind) {
    case 'boolean':
    case 'integer':
    case 'enum':
    case 'text':
      return String(value.value);
    case 'duration':
      // The broker counts nanoseconds.
      return String(Math.round(value.seconds * 1e9));
    case 'url':
      return (value.url?.members ?? [])
        .map(({ transport, host, port }) => `${transport}:${host}:${port}`)
        .join();
    case 'log-rule':
      return value.rule === undefined
        ? ''
        : [value.rule.off, value.rule.level, value.rule.reach, value.rule.pattern].join();
    case 'invalid':
      return '';
  }
}

/** In time proportional to the product of both lengths at most: a pattern may come from anywhere. */
export function isLike(text: string, pattern: string): boolean {
  let [at, inPattern] = [0, 0];
  let [star, retry] = [-1, 0];
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      retry = at;
    } else if (
      inPattern < pattern.length &&
      (pattern[inPattern] === '?' || pattern[inPattern] === text[at])
    ) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      retry += 1;
      at = retry;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

/** What can be said of the values of an option: how much they are, what they are like, or only which. */
export type Measure = 'amount' | 'text' | 'word';

export function measureOf({ kind }: ValueType): Measure {
  switch (kind) {
    case 'integer':
    case 'duration':
      return 'amount';
    case 'string':
    case 'path':
    case 'pattern':
    case 'url':
    case 'log-rule':
      return 'text';
    case 'boolean':
    case 'switch':
    case 'enum':
      return 'word';
  }
}

/** `"yes" or "true"`, `at most 30`: to go on after "to be"; undefined where any value will do. */
export function describeLimits({ values, patterns, min, max }: ValueLimits): string | undefined {
  const parts = [
    ...(values.length > 0 ? [choiceOf(values.map(({ text }) => text))] : []),
    ...(patterns.length > 0 ? [`like ${choiceOf(patterns)}`] : []),
    ...(min !== undefined ? [`at least ${min.text}`] : []),
    ...(max !== undefined ? [`at most ${max.text}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}

/** So many words of a list are shown. */
const shown = 6;

function choiceOf(texts: readonly string[]): string {
  const first = texts.slice(0, shown).map(quoted);
  const rest = texts.length > shown ? [`${texts.length - shown} more`] : [];
  return [...first, ...rest].join(' or ');
}
