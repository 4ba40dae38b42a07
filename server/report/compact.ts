import type { LintReport } from '../lint/lint-report';
import type { ReportContext } from './context';
import { placeOf } from './place';
import { visible } from './visible';

/** `file:line:column: severity rule: message`, and nothing where there is nothing to say. */
export function compactReport(
  { findings, documents }: LintReport,
  { nameOf }: Pick<ReportContext, 'nameOf'>,
): string {
  return findings
    .map(({ uri, span, severity, rule, message }) => {
      const { line, column } = placeOf(documents.get(uri), span.start);
      return `${visible(nameOf(uri))}:${line}:${column}: ${severity} ${rule}: ${visible(message)}\n`;
    })
    .join('');
}
