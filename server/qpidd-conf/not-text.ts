import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';

/** A file that was never written as a configuration: one finding says so, instead of one for each of its lines. */
export interface NotText {
  readonly kind: 'utf-16' | 'binary';
  /** The first character that shows it. */
  readonly span: Span;
}

/** The broker reads bytes: whatever the rest holds, it refuses the first line of a UTF-16 file. */
export function utf16(source: SourceDocument): NotText | undefined {
  const marked = source.encoding === 'utf-16le' || source.encoding === 'utf-16be';
  return marked || /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(source.text)
    ? { kind: 'utf-16', span: span(0, Math.min(2, source.text.length)) }
    : undefined;
}

const sampleLength = 65_536;
const controls = /[\0-\x08\x0e-\x1f\x7f]/g;

export function holdsControls(text: string): boolean {
  return text.search(controls) >= 0;
}

/**
 * More than one control character in twenty. Control characters alone are no fault, since the broker accepts
 * them in values: ask only about a file that it refuses.
 */
export function binary(text: string): NotText | undefined {
  const sample = text.slice(0, sampleLength);
  const found = sample.match(controls)?.length ?? 0;
  if (found * 20 <= sample.length) return undefined;
  const first = sample.search(controls);
  return { kind: 'binary', span: span(first, first + 1) };
}
