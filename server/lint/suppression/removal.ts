import type { SourceDocument } from '../../text/document';
import type { TextEdit } from '../../text/edit';
import { span } from '../../text/span';
import { lineAround, type SuppressionComment } from './comment';
import type { JudgedComment, JudgedFile, JudgedName } from './judged';

/** Removes a comment: with its line where it has one to itself, else with the blanks before it. */
export function commentRemoval({ uri, text }: SourceDocument, { directive }: SuppressionComment): TextEdit {
  const { start, end } = directive.comment;
  if (!directive.alone) {
    const blanks = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
    return { uri, span: span(start - blanks, end), newText: '' };
  }
  const line = lineAround(text, start);
  const first = /^[\ufeff]*/.exec(text.slice(line.start))?.[0].length ?? 0;
  const from = line.start + first;
  if (line.end < text.length) {
    // A file that is left empty would be refused by the broker.
    const isAll = from === 0 && line.end + 1 === text.length;
    return { uri, span: span(from, line.end + 1), newText: isAll ? '\n' : '' };
  }
  const feed = from > 0 && text[from - 1] === '\n' ? (text[from - 2] === '\r' ? 2 : 1) : 0;
  return { uri, span: span(from - feed, line.end), newText: from - feed === 0 ? '\n' : '' };
}

/** Removes a comment, and every `enable` that would then end nothing. */
export function comprehensiveRemoval(
  { source, comments }: JudgedFile,
  comment: JudgedComment,
): readonly TextEdit[] {
  const idle = comments.filter(
    ({ ends }) => ends.length > 0 && ends.every(({ directive }) => directive === comment.directive),
  );
  return [comment, ...idle].map((one) => commentRemoval(source, one));
}

/** Removes one of several names, with what parts it from its neighbour that stays. */
export function nameRemoval(
  { uri }: SourceDocument,
  names: readonly JudgedName[],
  name: JudgedName,
  stays: (name: JudgedName) => boolean,
): TextEdit {
  const index = names.indexOf(name);
  const previous = names[index - 1];
  const next = names[index + 1];
  const follows = names.slice(0, index).some(stays);
  if (follows || next === undefined)
    return { uri, span: span(previous?.span.end ?? name.span.start, name.span.end), newText: '' };
  return { uri, span: span(name.span.start, next.span.start), newText: '' };
}
