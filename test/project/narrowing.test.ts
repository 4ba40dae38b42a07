import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../server/lint/all-rules';
import { lint } from '../../server/lint/lint-project';
import { openProject, type ProjectEntry } from '../../server/project/open-project';
import type { DocumentUri } from '../../server/text/document';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const today = '2026-06-15';

/** What is found, as one text for each finding. */
function found(files: ExampleFiles, ...entries: readonly ProjectEntry[]) {
  const { findings, suppressed } = lint(openProject(memoryFiles(files), entries), { today });
  const shown = findings.map((finding) => ({ uri: finding.uri, text: JSON.stringify(finding) }));
  const hidden = suppressed.map((one) => ({ uri: one.finding.uri, text: JSON.stringify(one) }));
  return [...shown, ...hidden];
}

function narrowed(files: ExampleFiles, uri: DocumentUri) {
  return found(files, { uri: memoryRoot, report: 'nothing' }, { uri, report: 'itself' });
}

/** Configurations are not counted: what is wrong with one is told with each of its files. */
function compare(files: ExampleFiles): void {
  const all = found(files, { uri: memoryRoot });
  for (const name of Object.keys(files).filter((file) => !/qpidha\.config\./.test(file))) {
    const uri = exampleUri(name);
    const project = openProject(memoryFiles(files), [{ uri: memoryRoot }]);
    if (!project.subjects.has(uri)) continue;
    const own = narrowed(files, uri).filter((finding) => !/qpidha\.config\./.test(finding.uri));
    assert.deepEqual(
      own.map(({ text }) => text),
      all.filter((finding) => finding.uri === uri).map(({ text }) => text),
      name,
    );
  }
}

describe('a file that is named', () => {
  it('has the findings that it has among all others', () => {
    let compared = 0;
    for (const { bad, good } of Object.values(rules).flat()) {
      for (const { files } of [...bad, ...good]) {
        if (Object.keys(files).length < 2) continue;
        compared += 1;
        compare(files);
      }
    }
    assert.ok(compared > 100, String(compared));
  });
});
