/**
 * Writes one page a rule, and their index, from the rules themselves; the page of the command line; and the
 * schemas. `npm run docs`
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allRules } from '../server/lint/all-rules';
import { commandLinePage } from './command-line-page';
import { writeSchemas } from './make-schemas';
import { ruleIndex, rulePage } from './rule-page';

const folder = join(import.meta.dirname, 'rules');

for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
for (const rule of allRules) {
  const file = join(folder, `${rule.id}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, rulePage(rule));
}
writeFileSync(join(folder, 'README.md'), ruleIndex(allRules));
writeFileSync(join(import.meta.dirname, 'command-line.md'), commandLinePage());
writeSchemas();
