import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lint } from './support';

const folder = join(import.meta.dirname, 'fixtures');

/**
 * What is said about configurations that a real broker runs well with, and about those of the kind that people
 * bring along from older releases: what each is refused for, once.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  'cluster-with-logins.conf': ['info ha/closed-to-tools'],
  'cluster-without-logins.conf': [],
  'container.conf': [],
  'first-steps-cluster.conf': ['warning conf/store-without-directory', 'info ha/slow-heartbeat'],
  'managed-defaults.conf': [],
  'managed-with-ssl.conf': [],
  'origin-with-logins.conf': [],
  'origin-without-logins.conf': [],
  'plain-broker.conf': [],
  'refused-all-of-2013.conf': [
    'error conf/removed-option',
    'error conf/removed-option',
    'error conf/unknown-option',
    'info conf/relative-acl-file',
    'error conf/removed-option',
    'error conf/removed-option',
  ],
  'refused-bare-switch.conf': ['error conf/malformed-line'],
  'refused-old-acl-module.conf': ['error conf/bad-load-module'],
  'refused-old-default.conf': ['error conf/removed-option'],
  'refused-old-store.conf': ['error conf/unknown-option'],
  'replica-with-logins.conf': [],
  'replica-without-logins.conf': [],
  'two-members-in-the-field.conf': ['info ha/slow-heartbeat', 'info ha/both-modes'],
};

describe('of a configuration as it is found somewhere, nothing is said but what is worth a line', () => {
  for (const file of readdirSync(folder)) {
    test(file, () => {
      const findings = lint(readFileSync(join(folder, file), 'utf8'));
      assert.deepEqual(
        findings.map(({ severity, rule }) => `${severity} ${rule}`),
        expected[file],
      );
    });
  }

  test('every file is there', () =>
    assert.deepEqual(readdirSync(folder).sort(), Object.keys(expected).sort()));
});
