import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lint } from './support';

const folder = join(import.meta.dirname, 'fixtures');

/** What is said about configurations that a real broker runs well with. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'cluster-with-logins.conf': ['info ha/closed-to-tools'],
  'cluster-without-logins.conf': [],
  'origin-with-logins.conf': [],
  'origin-without-logins.conf': [],
  'plain-broker.conf': [],
  'replica-with-logins.conf': [],
  'replica-without-logins.conf': [],
  'two-members-in-the-field.conf': ['info ha/slow-heartbeat', 'info ha/both-modes'],
};

describe('of a configuration as it runs somewhere, hardly anything is said', () => {
  for (const file of readdirSync(folder)) {
    test(file, () => {
      const findings = lint(readFileSync(join(folder, file), 'utf8'));
      assert.deepEqual(
        findings.map(({ severity, rule }) => `${severity} ${rule}`),
        expected[file],
      );
    });
  }
});
