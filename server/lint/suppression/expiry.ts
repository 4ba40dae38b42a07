import type { Words } from '../../text/directive';
import { type Span, span } from '../../text/span';

/** `until 2027-01-31` in a reason: the last day, in UTC, on which the comment hides anything. */
export interface Expiry {
  readonly date: string;
  /** False for a day that no calendar has. */
  readonly valid: boolean;
  /** From `until` to the end of the date. */
  readonly span: Span;
}

/** The first date that a reason gives; other uses of the word `until` are no concern of ours. */
export function expiryIn({ text, span: { start } }: Words): Expiry | undefined {
  const found = /(?<![\w-])until[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?![\w-])/i.exec(text);
  const [whole, date] = found ?? [];
  if (found === null || whole === undefined || date === undefined) return undefined;
  return { date, valid: isDate(date), span: span(start + found.index, start + found.index + whole.length) };
}

/** What a reason says besides its date; empty where that is nothing. */
export function reasonBeside(reason: Words | undefined, expiry: Expiry | undefined): string {
  if (reason === undefined) return '';
  if (expiry === undefined) return reason.text;
  const { start } = reason.span;
  const before = reason.text.slice(0, expiry.span.start - start);
  const after = reason.text.slice(expiry.span.end - start);
  return /[\p{L}\p{N}]/u.test(before + after) ? reason.text : '';
}

export function isPast({ date, valid }: Expiry, today: string): boolean {
  return valid && date < today;
}

/** Today in UTC, as dates are written here. */
export function todaysDate(): string {
  return new Date().toISOString().slice(0, 10);
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
