import type { LintReport } from '../lint/lint-report';
import type { DocumentUri } from '../text/document';
import type { TextEdit } from '../text/edit';
import type { Finding, Fix } from '../text/finding';
import type { Span } from '../text/span';
import { secretsInLine } from './mask';
import { countFindings, type NameOf, type Place, placeOf } from './place';

/** The version of the format below. It is raised when something is removed or changes its meaning. */
const formatVersion = 1;

interface JsonRange {
  readonly start: Place;
  readonly end: Place;
}

/**
 * The findings as JSON, with a final newline. Contains no text of the files but what messages and fixes quote; a
 * fix that writes a secret again is left out.
 */
export function jsonReport(report: LintReport, nameOf: NameOf): string {
  const range = (uri: DocumentUri, { start, end }: Span): JsonRange => {
    const source = report.documents.get(uri);
    return { start: placeOf(source, start), end: placeOf(source, end) };
  };
  const fixOf = ({ title, edits, onRequest }: Fix) => ({
    title,
    ...(onRequest && { onRequest }),
    edits: edits.map(({ uri, span, newText }) => ({ file: nameOf(uri), range: range(uri, span), newText })),
  });
  const findingOf = ({ uri, rule, severity, message, span, related = [], fix }: Finding) => ({
    file: nameOf(uri),
    rule,
    severity,
    message,
    range: range(uri, span),
    related: related.map((other) => ({
      file: nameOf(other.uri),
      message: other.message,
      range: range(other.uri, other.span),
    })),
    ...(fix && !fix.edits.some((edit) => repeatsSecret(edit, report)) && { fix: fixOf(fix) }),
  });
  const output = {
    version: formatVersion,
    findings: report.findings.map(findingOf),
    summary: { files: report.files, ...countFindings(report) },
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

function repeatsSecret({ uri, span, newText }: TextEdit, { secrets }: LintReport): boolean {
  if (newText === '') return false;
  const known = secrets.get(uri) ?? [];
  if (known.some(({ start, end }) => start < span.end && span.start < end)) return true;
  return newText
    .split('\n')
    .some((line) =>
      secretsInLine(line, { start: 0, end: line.length }).some(({ start, end }) => start < end),
    );
}
