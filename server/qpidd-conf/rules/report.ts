import type { TextEdit } from '../../text/edit';
import type { Fix } from '../../text/finding';
import type { BadExample, FindingDraft, GoodExample, Reporter } from '../../text/rule';
import { type Span, span } from '../../text/span';
import type { ConfDocument } from '../model';
import type { Line } from '../syntax';

/** So many findings of one rule are told one by one in a file; the rest are counted. */
export const findingLimit = 50;

/** Reports a finding for each place, and one that counts those beyond the limit. */
export function reportEach<Place>(
  document: ConfDocument,
  report: Reporter,
  places: readonly Place[],
  draft: (place: Place) => FindingDraft,
): void {
  for (const place of places.slice(0, findingLimit)) report(draft(place));
  const next = places[findingLimit];
  if (next === undefined) return;
  const { fix: _, related: __, ...rest } = draft(next);
  const more = places.length - findingLimit - 1;
  if (more === 0) report(draft(next));
  else
    report({
      ...rest,
      message: `${rest.message} And ${document.truncated ? 'many' : more} more of this kind below.`,
    });
}

export function replacement(document: ConfDocument, where: Span, newText: string): TextEdit {
  return { uri: document.source.uri, span: where, newText };
}

export function fixBy(title: string, ...edits: readonly TextEdit[]): Fix {
  return { title, edits };
}

/** A fix that is offered, and not applied with all others: something else may be meant. */
export function offerBy(title: string, ...edits: readonly TextEdit[]): Fix {
  return { title, edits, onRequest: true };
}

/** Writes a line before another one, with the line end that this one has. */
export function insertion(document: ConfDocument, { span: { start, end } }: Line, newLine: string): TextEdit {
  const lineEnd = document.source.text[end - 1] === '\r' ? '\r\n' : '\n';
  return replacement(document, span(start, start), newLine + lineEnd);
}

/** Removes a line with its line end. A file that is left empty would be refused, so that an empty line stays. */
export function removal(document: ConfDocument, line: Line): TextEdit {
  const { text } = document.source;
  const { start, end } = line.span;
  if (end < text.length) {
    return replacement(document, span(start, end + 1), start === 0 && end + 1 === text.length ? '\n' : '');
  }
  const feed = start > 0 && text[start - 1] === '\n' ? (text[start - 2] === '\r' ? 2 : 1) : 0;
  return replacement(document, span(start - feed, end), start - feed <= 0 ? '\n' : '');
}

/** An example of one file. */
export function bad(text: string, fixed?: string): BadExample {
  return fixed === undefined
    ? { files: { 'qpidd.conf': text } }
    : { files: { 'qpidd.conf': text }, fixed: { 'qpidd.conf': fixed } };
}

export function good(text: string): GoodExample {
  return { files: { 'qpidd.conf': text } };
}
