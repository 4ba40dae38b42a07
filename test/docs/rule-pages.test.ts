import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ruleIndex, rulePage } from '../../docs/rule-page';
import { allRules } from '../../server/lint/all-rules';

const folder = join(import.meta.dirname, '../../docs/rules');
const stale = 'run "npm run docs"';

for (const rule of allRules) {
  test(`the page of ${rule.id} says what the rule says`, () => {
    assert.equal(readFileSync(join(folder, `${rule.id}.md`), 'utf8'), rulePage(rule), stale);
  });
}

test('the index lists every rule', () => {
  assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), ruleIndex(allRules), stale);
});

test('there are no pages of rules that are gone', () => {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('/'))
    .map((name) => name.replace(/\.md$/, ''));
  assert.deepEqual(pages.sort(), allRules.map(({ id }) => id).sort());
});
