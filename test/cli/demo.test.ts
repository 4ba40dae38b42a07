import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { qpidha } from '../support/command-line';

/** What the story claims, in its order. */
const claims = [
  /error ha\/queue-replication-off/,
  /help: Add "ha-queue-replication=yes"/,
  /Applied 1 fix in node2\/qpidd\.conf/,
  /No problems in 3 files/,
  /node1 listens on 127\.0\.0\.1:\d+/,
  /node2 is in step, 700 messages on both brokers/,
  /the same 700 messages, in the same order/,
  /deleted the bridge/,
  /node1 holds 750 messages, node2 still 700/,
  /Both brokers are stopped, and the copy is removed/,
];

const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('qpidha-demo-'));

test('the demonstration tells its story to the end and leaves nothing behind', async () => {
  const before = copies();
  const run = await qpidha(['demo']);
  assert.equal(run.code, 0, run.err);
  let at = 0;
  for (const claim of claims) {
    const found = run.out.slice(at).search(claim);
    assert.notEqual(found, -1, `${claim} is not told, or not in its place:\n${run.out}`);
    at += found;
  }
  assert.deepEqual(copies(), before);
});
