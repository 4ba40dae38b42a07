import { placeOf } from '../report/place';
import type { SourceDocument } from '../text/document';
import type { Span } from '../text/span';
import type { FormatContext } from './format-context';
import { countTests, type TestReport } from './result';

/** Raised when a reader of an older one would be misled. */
const formatVersion = 1;

/** One JSON document. */
export function jsonReport(report: TestReport, { nameOf, version }: FormatContext): string {
  const placeIn = (source: SourceDocument, { start }: Span) => {
    const { line, column } = placeOf(source, start);
    return { line, column };
  };
  const { passed, failed } = countTests(report);
  const document = {
    version: formatVersion,
    tool: { name: 'qpidha', version },
    files: report.files.map(({ source, problems, tests }) => ({
      file: nameOf(source.uri),
      problems: problems.map(({ span, rule, message }) => ({ ...placeIn(source, span), rule, message })),
      tests: tests.map(({ name, span, failures }) => ({
        name,
        ...placeIn(source, span),
        outcome: failures.length === 0 ? 'passed' : 'failed',
        failures: failures.map(({ span: at, ...failure }) => ({ ...placeIn(source, at), ...failure })),
      })),
    })),
    summary: {
      passed,
      failed,
      filesNotRun: report.files.filter(({ problems }) => problems.length > 0).length,
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
