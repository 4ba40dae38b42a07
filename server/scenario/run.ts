import { DocumentCache } from '../project/document-cache';
import type { FileSystem } from '../project/file-system';
import { openProject } from '../project/open-project';
import { projectRoot } from '../project/project-root';
import { folderOf } from '../project/uris';
import type { SourceDocument } from '../text/document';
import { compareFindings, type Finding } from '../text/finding';
import type { YamlProblem } from '../yaml/problem';
import { failuresOf } from './judge';
import type { TestDocument } from './model';
import { asOfNow } from './overlay';
import { parseTests } from './read';
import { fileProblems, type Ground } from './resolve';
import type { TestFileResult, TestReport } from './result';
import { WhatIf } from './what-if';

/**
 * Runs files of tests. Nothing is written, and no broker is asked.
 *
 * @param isWanted whether a test of that name is to be run.
 */
export function runTests(
  files: FileSystem,
  sources: readonly SourceDocument[],
  isWanted: (name: string) => boolean = () => true,
): TestReport {
  const now = asOfNow(files);
  const cache = new DocumentCache();
  return { files: sources.map((source) => runFile(now, source, cache, isWanted)) };
}

function runFile(
  files: FileSystem,
  source: SourceDocument,
  cache: DocumentCache,
  isWanted: (name: string) => boolean,
): TestFileResult {
  const document = parseTests(source);
  if (document.problems.length > 0) return broken(document, document.problems);
  const root = projectRoot(files, folderOf(source.uri));
  const ground: Ground = {
    files,
    project: openProject(files, root === undefined ? [] : [{ uri: root }], cache),
  };
  const problems = fileProblems(document, ground);
  if (problems.length > 0) return broken(document, problems);
  const tests = document.tests
    .filter(({ name }) => isWanted(name.value))
    .map((test) => {
      const whatIf = new WhatIf(document, test, ground, root, cache);
      return { name: test.name.value, span: test.name.span, failures: failuresOf(document, test, whatIf) };
    });
  return { source, problems: [], tests };
}

function broken({ source }: TestDocument, problems: readonly YamlProblem[]): TestFileResult {
  const findings = problems.map(
    ({ kind, ...problem }): Finding => ({
      ...problem,
      rule: `test/${kind}`,
      severity: 'error',
      uri: source.uri,
    }),
  );
  return { source, problems: findings.sort(compareFindings), tests: [] };
}
