import { placeOf } from '../report/place';
import { visible } from '../report/visible';
import { xmlDocument, xmlElement, xmlTextElement } from '../report/xml';
import type { Finding } from '../text/finding';
import type { FormatContext } from './format-context';
import { countTests, type Failure, type TestFileResult, type TestReport, type TestResult } from './result';

/** A suite for each file and a case for each test; a file that could not be run is one case with an error. */
export function junitReport(report: TestReport, { nameOf }: FormatContext): string {
  const { passed, failed } = countTests(report);
  const suites = report.files.map((file) => new Suite(file, visible(nameOf(file.source.uri))));
  const errors = suites.filter(({ isBroken }) => isBroken).length;
  const counts = { tests: passed + failed + errors, failures: failed, errors };
  const children = suites.map((suite) => suite.element());
  return xmlDocument(xmlElement('testsuites', { name: 'qpidha test', ...counts }, children));
}

class Suite {
  constructor(
    private readonly file: TestFileResult,
    private readonly name: string,
  ) {}

  get isBroken(): boolean {
    return this.file.problems.length > 0;
  }

  element(): string {
    const { tests, problems } = this.file;
    const failures = tests.filter((test) => test.failures.length > 0).length;
    const errors = this.isBroken ? 1 : 0;
    const counts = { tests: tests.length + errors, failures, errors, skipped: 0 };
    const cases = this.isBroken ? [this.brokenCase(problems)] : tests.map((test) => this.case(test));
    return xmlElement('testsuite', { name: this.name, ...counts }, cases);
  }

  private case({ name, failures }: TestResult): string {
    const [first] = failures;
    const attributes = { classname: this.name, name: visible(name) };
    if (first === undefined) return xmlElement('testcase', attributes);
    const text = failures.map((failure) => this.told(failure)).join('\n');
    return xmlElement('testcase', attributes, [
      xmlTextElement('failure', { message: messageOf(first), type: 'expectation' }, text),
    ]);
  }

  private brokenCase(problems: readonly Finding[]): string {
    const text = problems.map(
      ({ span, rule, message }) => `${this.place(span.start)}: ${rule}: ${visible(message)}`,
    );
    const message = 'The file of tests is wrong, and none of it was run.';
    const error = xmlTextElement('error', { message, type: 'test file' }, text.join('\n'));
    return xmlElement('testcase', { classname: this.name, name: this.name }, [error]);
  }

  private told(failure: Failure): string {
    return [`${this.place(failure.span.start)}: ${messageOf(failure)}`, ...failure.notes].join('\n');
  }

  private place(offset: number): string {
    const { line, column } = placeOf(this.file.source, offset);
    return `${this.name}:${line}:${column}`;
  }
}

function messageOf({ subject, expected, found }: Failure): string {
  return `${visible(subject)}: expected ${expected}, found ${found}`;
}
