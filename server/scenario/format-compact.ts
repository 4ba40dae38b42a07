import { placeOf } from '../report/place';
import { visible } from '../report/visible';
import type { FormatContext } from './format-context';
import type { TestReport } from './result';

/** `file:line:column: error: message`, and nothing for what passed. */
export function compactReport({ files }: TestReport, { nameOf }: FormatContext): string {
  return files
    .flatMap(({ source, problems, tests }) => {
      const line = (start: number, words: string) => {
        const place = placeOf(source, start);
        return `${visible(nameOf(source.uri))}:${place.line}:${place.column}: error ${words}\n`;
      };
      return [
        ...problems.map(({ span, rule, message }) => line(span.start, `${rule}: ${visible(message)}`)),
        ...tests.flatMap(({ name, failures }) =>
          failures.map(({ span, subject, expected, found }) =>
            line(
              span.start,
              `test/failed: ${visible(name)}: ${visible(subject)}: expected ${expected}, found ${found}`,
            ),
          ),
        ),
      ];
    })
    .join('');
}
