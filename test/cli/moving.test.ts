/** The commands that compare, stop in order, rebuild and move work, as a user types them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dangersOf, flagOf } from '../../server/replication/dangers';
import { brokerKinds } from '../support/brokers';
import { qpidha } from '../support/command-line';
import { createQueue, numbered, type Pair, send, startPair } from '../support/replication';

for (const kind of brokerKinds) {
  describe(`commands that compare and move, on ${kind} brokers`, () => {
    let pair: Pair;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    const on = (queue: string) => [
      '--queue',
      queue,
      '--origin',
      pair.origin.ref.endpoint.text,
      '--replica',
      pair.replica.ref.endpoint.text,
    ];

    test('verify, stop --drain --keep-usable, rebuild and reverse follow each other', async () => {
      await createQueue(pair.origin, 'q');
      await send(pair.origin, 'q', numbered(10));
      assert.equal((await qpidha(['start', ...on('q')])).code, 0);
      const equal = await qpidha(['verify', ...on('q')]);
      assert.equal(equal.code, 0, equal.err);
      assert.match(equal.err, /equal, 10 messages in the same order/);
      const stopped = await qpidha(['stop', '--drain', '--keep-usable', ...on('q')]);
      assert.equal(stopped.code, 0, stopped.err);
      assert.match(stopped.err, /It was equal to its origin, with 10 messages\. The queue was created anew/);
      await send(pair.replica, 'q', ['more']);
      const different = await qpidha(['verify', '--json', ...on('q')]);
      assert.equal(different.code, 1);
      assert.equal(JSON.parse(different.out).results[0].outcome.index, 10);
      const rebuilt = await qpidha(['rebuild', ...on('q')]);
      assert.equal(rebuilt.code, 0, rebuilt.err);
      assert.match(rebuilt.err, /What it held before, 11 messages, is in the queue "q\.\d{8}-\d{6}"/);
      const reversed = await qpidha(['reverse', '--discard', ...on('q')]);
      assert.equal(reversed.code, 0, reversed.err);
      assert.match(reversed.err, /is replicated: in step, 10 messages on both brokers/);
    });

    test('cutover refuses while somebody consumes from the origin, and names the flag', async () => {
      await createQueue(pair.origin, 'busy');
      await send(pair.origin, 'busy', numbered(3));
      assert.equal((await qpidha(['start', ...on('busy')])).code, 0);
      const receiver = await (await pair.origin.connection()).openReceiver('busy', 'consume');
      const refused = await qpidha(['cutover', ...on('busy')]);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /1 client consumes from "busy"/);
      assert.match(refused.err, /--accept consumers-active/);
      const accepted = await qpidha(['cutover', '--accept', 'consumers-active', ...on('busy')]);
      await receiver.close();
      assert.equal(accepted.code, 0, accepted.err);
      assert.match(accepted.err, /is cut over/);
    });
  });
}

for (const verb of ['cutover', 'reverse', 'rebuild'] as const) {
  test(`the help of ${verb} lists its dangers, and takes no other`, async () => {
    const { out } = await qpidha([verb, '--help']);
    for (const id of dangersOf(verb)) assert.ok(out.includes(`  ${flagOf(id)}\n`), id);
    for (const name of ['all', 'discard-content', 'unwanted-replication']) {
      const run = await qpidha([verb, '--accept', name]);
      assert.equal(run.code, 2);
      assert.match(run.err, new RegExp(`The dangers of "${verb}" are`));
    }
  });
}
