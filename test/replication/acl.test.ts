import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { type BrokerKind, brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import {
  browse,
  createQueue,
  depth,
  engine,
  numbered,
  piecesOn,
  replicationOf,
  send,
} from '../support/replication';

const everything = 'acl allow all all';

/** The least that the engine needs on a replica broker, and what the test needs to look at the result. */
const leastRights = [
  'acl allow all access exchange name=qmf.default.direct',
  'acl allow all access queue name=qmf.default.direct',
  'acl allow all publish exchange name=qmf.default.direct routingkey=broker',
  'acl allow all create queue',
  'acl allow all consume queue',
  'acl allow all access queue',
  'acl allow all access query',
  'acl allow all access method name=replicate schemapackage=org.apache.qpid.ha',
  'acl allow all access method name=create',
  'acl allow all access method name=delete',
  'acl allow all access exchange name=qpid.ha-q:*',
  'acl allow all delete exchange name=qpid.ha-q:*',
  'acl allow all access exchange name=qpid-ha_*',
  'acl allow all access exchange name=least*',
  // The link's own user, who brings the messages.
  'acl allow all publish exchange name=qpid.ha-q:*',
  'acl deny-log all all',
];

async function withBrokers(
  kind: BrokerKind,
  acls: { readonly origin: readonly string[]; readonly replica: readonly string[] },
  work: (origin: TestBroker, replica: TestBroker) => Promise<void>,
): Promise<void> {
  const origin = await startBroker(kind, { name: 'node1', acl: acls.origin });
  const replica = await startBroker(kind, { name: 'node2', acl: acls.replica });
  try {
    await work(origin, replica);
  } finally {
    await Promise.all([origin.stop(), replica.stop()]);
  }
}

for (const kind of brokerKinds) {
  describe(`access control, on ${kind} brokers`, () => {
    it('is content with the least rights on the replica broker', () =>
      withBrokers(kind, { origin: [everything], replica: leastRights }, async (origin, replica) => {
        await createQueue(origin, 'least');
        await send(origin, 'least', numbered(20));
        const replication = replicationOf('least', { origin, replica });
        const outcome = await engine((context) => start(replication, context));
        assert.equal(outcome.kind, 'started', JSON.stringify(outcome));
        assert.equal((await engine((context) => status(replication, context))).state, 'in-step');
        assert.deepEqual(await browse(replica, 'least'), numbered(20));
        const stopped = await engine((context) => stop(replication, context));
        assert.equal(stopped.kind, 'stopped', JSON.stringify(stopped));
        assert.deepEqual(await piecesOn(replica, 'least'), []);
      }));

    it('takes back what it may when the replica broker denies the messages', () =>
      withBrokers(
        kind,
        {
          origin: [everything],
          replica: leastRights.filter((line) => !line.includes('publish exchange name=qpid')),
        },
        async (origin, replica) => {
          await createQueue(origin, 'least');
          await send(origin, 'least', numbered(20));
          const outcome = await engine(
            (context) => start(replicationOf('least', { origin, replica }), context),
            { deadline: 1000 },
          );
          assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
          assert.match(outcome.error.advice, /node2 "publish exchange" for qpid.ha-q:least/);
          assert.match(
            outcome.left.join(),
            /^the queue "least" on node2, for it could not be deleted: .*ACL denied/,
          );
          assert.deepEqual(await piecesOn(replica, 'least'), []);
        },
      ));

    it('takes everything back when the origin denies the subscription', () =>
      withBrokers(
        kind,
        { origin: ['acl deny all consume queue name=q', everything], replica: [everything] },
        async (origin, replica) => {
          await createQueue(origin, 'q');
          await send(origin, 'q', numbered(3));
          const replication = replicationOf('q', { origin, replica });
          const outcome = await engine((context) => start(replication, context), { deadline: 2000 });
          assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
          assert.match(outcome.error.message, /has no subscription qpid.ha-q:q of this replica/);
          assert.match(outcome.error.advice, /"consume queue"/);
          assert.deepEqual(outcome.left, []);
          assert.deepEqual(await piecesOn(replica, 'q'), []);
          assert.equal(await depth(replica, 'q'), undefined);
        },
      ));

    it('takes everything back at once when the origin denies the link', () =>
      withBrokers(
        kind,
        { origin: ['acl deny all create link', everything], replica: [everything] },
        async (origin, replica) => {
          await createQueue(origin, 'q');
          const outcome = await engine((context) => start(replicationOf('q', { origin, replica }), context));
          assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
          assert.match(outcome.error.message, /is Failed: .*ACL denied .* creating a federation link/);
          assert.deepEqual(outcome.left, []);
          assert.deepEqual(await piecesOn(replica, 'q'), []);
        },
      ));

    it('names the method that the replica broker denies', () =>
      withBrokers(
        kind,
        {
          origin: [everything],
          replica: ['acl deny all access method name=replicate', everything],
        },
        async (origin, replica) => {
          await createQueue(origin, 'q');
          const outcome = await engine((context) => start(replicationOf('q', { origin, replica }), context));
          assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
          assert.equal(outcome.error.kind, 'forbidden');
          assert.deepEqual(outcome.undone, ['queue "q"']);
          assert.deepEqual(outcome.left, []);
        },
      ));
  });
}
