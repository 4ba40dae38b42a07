import { excerpt } from '../report/excerpt';
import { placeOf } from '../report/place';
import { visible } from '../report/visible';
import type { SourceDocument } from '../text/document';
import type { Finding } from '../text/finding';
import type { Span } from '../text/span';
import type { FormatContext } from './format-context';
import { countTests, type Failure, type TestFileResult, type TestReport, type TestResult } from './result';

/** For a person: every test, and of one that failed each expectation with its place, what was found, and why. */
export function textReport(report: TestReport, context: FormatContext): string {
  const writer = new Writer(context);
  const blocks = report.files.filter(({ tests, problems }) => tests.length + problems.length > 0);
  return `${[...blocks.map((file) => writer.file(file)), writer.summary(report)].join('\n\n')}\n`;
}

class Writer {
  constructor(private readonly context: FormatContext) {}

  file({ source, problems, tests }: TestFileResult): string {
    const { bold } = this.context.colors;
    return [
      bold(visible(this.context.nameOf(source.uri))),
      ...problems.flatMap((problem) => this.problem(source, problem)),
      ...tests.flatMap((test) => this.test(source, test)),
    ].join('\n');
  }

  private problem(source: SourceDocument, { span, rule, message, fix }: Finding): readonly string[] {
    const { bold, red, dim, green } = this.context.colors;
    return [
      `${bold(this.place(source, span))}: ${red('error')} ${dim(rule)}: ${visible(message)}`,
      ...this.excerpt(source, span),
      ...(fix === undefined ? [] : [`  ${green('help')}: ${visible(fix.title)}`]),
    ];
  }

  private test(source: SourceDocument, { name, failures }: TestResult): readonly string[] {
    const { red, green } = this.context.colors;
    const mark = failures.length === 0 ? green('✔') : red('✘');
    return [`  ${mark} ${visible(name)}`, ...failures.flatMap((failure) => this.failure(source, failure))];
  }

  private failure(source: SourceDocument, failure: Failure): readonly string[] {
    const { bold, red, green, dim } = this.context.colors;
    const { span, subject, expected, found, notes } = failure;
    return [
      `    ${bold(this.place(source, span))}: ${visible(subject)}`,
      `      expected  ${green(expected)}`,
      `      found     ${red(found)}`,
      ...notes.map((note) => dim(`                ${note}`)),
    ];
  }

  private place(source: SourceDocument, { start }: Span): string {
    const { line, column } = placeOf(source, start);
    return `${visible(this.context.nameOf(source.uri))}:${line}:${column}`;
  }

  private excerpt(source: SourceDocument, span: Span): readonly string[] {
    if (source.text === '') return [];
    const { dim, red } = this.context.colors;
    const { lineNumber, text, indent, underline } = excerpt(source, span, []);
    const number = String(lineNumber).padStart(4);
    return [
      `${dim(`${number} |`)} ${text}`.trimEnd(),
      `${dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(indent)}${red(`^${'~'.repeat(underline - 1)}`)}`,
    ];
  }

  summary(report: TestReport): string {
    const { red, green } = this.context.colors;
    const { passed, failed } = countTests(report);
    const broken = report.files.filter(({ problems }) => problems.length > 0).length;
    const parts = [
      ...(passed > 0 ? [green(`${passed} passed`)] : ['0 passed']),
      ...(failed > 0 ? [red(`${failed} failed`)] : ['0 failed']),
      ...(broken > 0 ? [red(`${broken} ${broken === 1 ? 'file' : 'files'} not run`)] : []),
    ];
    return `${parts.join(', ')}.`;
  }
}
