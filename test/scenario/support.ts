import type { Failure, TestFileResult } from '../../server/scenario/result';
import { runTests } from '../../server/scenario/run';
import { documentFromText } from '../../server/text/document';
import { memoryFiles } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

export const testFile = 'all.qpid-test.yaml';

/** Runs a file of tests that lies beside these files. */
export function run(text: string, files: Readonly<Record<string, string>>, name = testFile): TestFileResult {
  const source = documentFromText(exampleUri(name), text);
  const { files: results } = runTests(memoryFiles({ ...files, [name]: text }), [source]);
  const [result] = results;
  if (result === undefined) throw new Error('there is a result for each file');
  return result;
}

/** One test with these lines of `given` and `expect`, each indented as below its key. */
export function oneTest({ given = '', expect }: { given?: string; expect: string }): string {
  const block = (key: string, lines: string) =>
    lines === '' ? '' : `    ${key}:\n${lines.replaceAll(/^(?=.)/gm, '      ')}\n`;
  return `version: 1\ntests:\n  - name: it\n${block('given', given)}${block('expect', expect)}`;
}

/** The failures of the only test; throws where the file could not be run. */
export function failures(
  test: { given?: string; expect: string },
  files: Readonly<Record<string, string>>,
): readonly Failure[] {
  const { problems, tests } = run(oneTest(test), files);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return tests.flatMap((one) => one.failures);
}

/** What is wrong with a file of tests: each message with what it underlines. */
export function problemsOf(text: string, files: Readonly<Record<string, string>>): readonly string[] {
  return run(text, files).problems.map(
    ({ span, message }) => `${text.slice(span.start, span.end).split('\n')[0]} ← ${message}`,
  );
}
