import { parseConfig } from '../../server/config/config-document';
import { configRules } from '../../server/config/rules';
import { configurableRules } from '../../server/lint/all-rules';
import { exampleDocuments, testRuleExamples } from '../support/rule-examples';

for (const rule of configRules(configurableRules)) {
  testRuleExamples(rule, (files) => exampleDocuments(files).map(parseConfig));
}
