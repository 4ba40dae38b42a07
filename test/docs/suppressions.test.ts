import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lint } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import { memoryFiles, memoryRoot } from '../support/memory-files';

const page = readFileSync(join(import.meta.dirname, '../../docs/suppressions.md'), 'utf8');
const examples = [...page.matchAll(/^```ini\n([^`]*)^```$/gm)].map(([, text = '']) => text);

/** Makes the examples part of a broker with HA. */
const around = 'ha-queue-replication=yes\nauth=no\n';

test('the examples hide what they say', () => {
  assert.ok(examples.length >= 2);
  for (const text of examples) {
    const project = openProject(memoryFiles({ 'qpidd.conf': around + text }), [{ uri: memoryRoot }]);
    const { findings, suppressed } = lint(project, { today: '2026-12-01' });
    assert.equal(suppressed.length, 1, text);
    assert.deepEqual(
      findings.filter(({ rule }) => rule.startsWith('suppression/')),
      [],
    );
  }
});
