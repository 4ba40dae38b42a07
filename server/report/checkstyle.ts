import type { LintReport } from '../lint/lint-report';
import { byFile } from './by-file';
import type { ReportContext } from './context';
import { placeOf } from './place';
import { visible } from './visible';
import { xmlDocument, xmlElement } from './xml';

/** The version of Checkstyle whose format this is: that of its severities and sources. */
const version = '10.0';

export function checkstyleReport(
  { findings, documents }: LintReport,
  { nameOf }: Pick<ReportContext, 'nameOf'>,
): string {
  const files = byFile(findings).map(([uri, found]) =>
    xmlElement(
      'file',
      { name: nameOf(uri) },
      found.map(({ rule, severity, message, span }) => {
        const { line, column } = placeOf(documents.get(uri), span.start);
        return xmlElement('error', {
          line,
          column,
          severity,
          message: visible(message),
          source: `qpidha.${rule.replace('/', '.')}`,
        });
      }),
    ),
  );
  return xmlDocument(xmlElement('checkstyle', { version }, files));
}
