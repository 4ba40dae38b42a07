import assert from 'node:assert/strict';
import { test } from 'node:test';
import picocolors from 'picocolors';
import { statusTable } from '../../server/cli/live/status-table';

const colors = picocolors.createColors(false);

test('names and words that come from brokers cannot steer the terminal', () => {
  const table = statusTable(
    [
      {
        queue: 'a\x1b[2Jb\x7f\x9b\u202e',
        origin: 'node1',
        replica: 'node2',
        state: 'failed',
        originDepth: 1,
        replicaDepth: undefined,
        lag: 1,
        links: [],
        cause: 'said \x1b]0;title\x07',
        next: 'stop \x9b31m',
        originError: undefined,
      },
    ],
    colors,
  );
  assert.match(table, /^a\\x1b\[2Jb\\x7f\\x9b\\u\{202e\} +node1 +node2 +failed +1 +– +1$/m);
  assert.match(table, /^ {2}said \\x1b\]0;title\\x07$/m);
  assert.match(table, /^ {2}next: stop \\x9b31m$/m);
});
