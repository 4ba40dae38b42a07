import { recognise } from '../../server/project/languages';
import { openProject } from '../../server/project/open-project';
import { projectRules } from '../../server/project/rules';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri, testRuleExamples } from '../support/rule-examples';

/** What is named by a full path lies in no folder of the example. */
function entries(files: ExampleFiles) {
  const elsewhere = Object.keys(files).filter(
    (name) => name.startsWith('/') && recognise(name.slice(name.lastIndexOf('/') + 1)) !== undefined,
  );
  return [memoryRoot, ...elsewhere.map(exampleUri)].map((uri) => ({ uri }));
}

for (const rule of projectRules) {
  testRuleExamples(rule, (files, modes) => [openProject(memoryFiles(files, modes), entries(files))]);
}
