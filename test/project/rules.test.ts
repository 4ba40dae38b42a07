import { openProject } from '../../server/project/open-project';
import { projectRules } from '../../server/project/rules';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { testRuleExamples } from '../support/rule-examples';

for (const rule of projectRules) {
  testRuleExamples(rule, (files, modes) => [openProject(memoryFiles(files, modes), [{ uri: memoryRoot }])]);
}
