import { parseManifest } from '../../server/manifest/manifest-document';
import { manifestRules } from '../../server/manifest/rules';
import { exampleDocuments, testRuleExamples } from '../support/rule-examples';

for (const rule of manifestRules) {
  testRuleExamples(rule, (files) => exampleDocuments(files).map(parseManifest));
}
