import { directivesOf as manifestDirectives } from '../../manifest/directives';
import { directivesOf as confDirectives } from '../../qpidd-conf/directives';
import { byteOrderMarkLength, lineAt } from '../../qpidd-conf/syntax';
import { documentWithText, type SourceDocument } from '../../text/document';
import { applyEdits, type TextEdit } from '../../text/edit';
import type { Finding } from '../../text/finding';
import { span } from '../../text/span';
import { lineAround, suppressionComments } from './comment';
import { canBeHidden } from './names';

/** Edits that hide a finding from now on. */
export interface Disabling {
  /** An imperative sentence without a full stop. */
  readonly title: string;
  readonly edit: TextEdit;
}

/** A file that may get a comment. */
export interface CommentedFile {
  readonly source: SourceDocument;
  readonly language: 'conf' | 'manifest';
}

/**
 * Hiding a finding on its line, and its rule in the whole file; each only where a comment would do that. JSON has no
 * comments.
 *
 * @param today the day, in UTC, that the comment names as its reason.
 */
export function disablings(file: CommentedFile, finding: Finding, today: string): readonly Disabling[] {
  const { rule, span: at } = finding;
  const { source } = file;
  if (!canBeHidden(rule) || source.text === '' || /\.json$/i.test(source.uri)) return [];
  const reason = `accepted on ${today}`;
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  const comment = (verb: string) => `# qpidha: ${verb} ${rule} -- ${reason}${lineEnd}`;
  const line = lineAround(source.text, at.start);
  const start = Math.max(line.start, byteOrderMarkLength(source.text));
  const indentation = file.language === 'conf' ? '' : (/^ */.exec(source.text.slice(start))?.[0] ?? '');
  const above = insertion(source, start, indentation + comment('disable-next-line'));
  const top = insertion(source, byteOrderMarkLength(source.text), comment('disable-file'));
  return [
    ...(hidesAt(file, above, finding) ? [{ title: `Disable ${rule} for this line`, edit: above }] : []),
    ...(isRead(file, top) ? [{ title: `Disable ${rule} for this file`, edit: top }] : []),
  ];
}

function insertion({ uri }: SourceDocument, offset: number, newText: string): TextEdit {
  return { uri, span: span(offset, offset), newText };
}

/** Within a text of several lines a comment would be part of it. */
function isRead(file: CommentedFile, edit: TextEdit): boolean {
  return inserted(file, edit) !== undefined;
}

function hidesAt(file: CommentedFile, edit: TextEdit, { rule, span: { start: offset } }: Finding): boolean {
  if (offset < edit.span.start || isAnchored(file, rule, offset)) return false;
  const line = inserted(file, edit)?.line;
  const moved = offset + edit.newText.length;
  return line !== undefined && line.start <= moved && moved <= line.end;
}

/** A finding about a whole qpidd.conf without settings has no line of its own: it would move to another one. */
function isAnchored({ source, language }: CommentedFile, rule: string, offset: number): boolean {
  return language === 'conf' && !rule.startsWith('conf/') && lineAt(source.text, offset).kind !== 'setting';
}

/** The comment that an edit inserts, as it is read afterwards. */
function inserted({ source, language }: CommentedFile, edit: TextEdit) {
  const changed = documentWithText(source, applyEdits(source.text, [edit]));
  const directives = language === 'conf' ? confDirectives(changed) : manifestDirectives({ source: changed });
  return suppressionComments(changed, directives).find(
    ({ directive: { alone, comment } }) =>
      alone && comment.start >= edit.span.start && comment.end <= edit.span.start + edit.newText.length,
  );
}
