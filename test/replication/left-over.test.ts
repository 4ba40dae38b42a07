import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Replication } from '../../server/replication/contract';
import { cutover } from '../../server/replication/cutover';
import { removeLeftOver } from '../../server/replication/left-over';
import { start } from '../../server/replication/start';
import { leftOverLinks, status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { verify } from '../../server/replication/verify';
import { brokerKinds } from '../support/brokers';
import {
  browse,
  consume,
  createQueue,
  deletePiece,
  engine,
  numbered,
  type Pair,
  replicateByHand,
  replicationOf,
  send,
  startPair,
  viewOf,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`what is wrong beside a replication, on ${kind} brokers`, () => {
    let pair: Pair;
    let number = 0;
    before(async () => {
      pair = await startPair(kind);
    });
    after(() => pair.stop());

    const look = (replication: Replication) => engine((context) => status(replication, context));
    const begin = (replication: Replication) => engine((context) => start(replication, context));
    const end = (replication: Replication) => engine((context) => stop(replication, context));

    async function started(messages = 5): Promise<Replication> {
      const queue = `beside.${++number}`;
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(messages));
      const replication = replicationOf(queue, pair);
      assert.equal((await begin(replication)).kind, 'started');
      return replication;
    }

    it('tells the links that declined duplicates have left, and a start removes them', async () => {
      const replication = await started();
      for (let times = 0; times < 2; times += 1) {
        await assert.rejects(replicateByHand(pair.replica, replication.queue, pair.origin));
      }
      const seen = await look(replication);
      assert.equal(seen.state, 'in-step');
      assert.match(seen.cause ?? '', /2 links that no bridge uses are left over on node2/);
      assert.match(seen.next ?? '', /`qpidha start --queue beside/);
      assert.equal((await engine((context) => leftOverLinks(pair.replica.ref, context))).length, 2);
      assert.equal((await begin(replication)).kind, 'already-running');
      assert.equal((await viewOf(pair.replica, replication.queue)).links.length, 1);
      assert.equal((await look(replication)).cause, undefined);
      await end(replication);
    });

    it('removes what serves no replication, hidden replicators too, and leaves alone what runs', async () => {
      const [running, halved, leaking] = [await started(), await started(), await started()];
      const { bridges } = await viewOf(pair.replica, halved.queue);
      await deletePiece(pair.replica, 'bridge', bridges[0]?.name ?? '');
      await deletePiece(pair.replica, 'queue', leaking.queue);
      const outcome = await engine((context) => removeLeftOver(pair.replica.ref, context));
      assert.equal(outcome.kind, 'removed');
      assert.deepEqual(
        outcome.kind === 'removed' && outcome.removed.map((piece) => piece.split(' ')[0]).sort(),
        ['link', 'link', 'replicator'],
      );
      assert.equal((await look(running)).state, 'in-step');
      assert.equal((await viewOf(pair.replica, halved.queue)).replicator, 'absent');
      assert.equal((await viewOf(pair.replica, running.queue)).links.length, 1);
      assert.deepEqual(await engine((context) => removeLeftOver(pair.replica.ref, context)), {
        kind: 'removed',
        removed: [],
      });
      await end(running);
    });

    it('does not take equal depths for equal content where others have taken messages', async () => {
      const replication = await started();
      await consume(pair.replica, replication.queue, 2);
      await send(pair.replica, replication.queue, numbered(2, 'foreign'));
      const seen = await look(replication);
      assert.equal(seen.lag, 0);
      assert.match(seen.cause ?? '', /clients have taken 2 messages from the replica/);
      assert.match(seen.next ?? '', /`qpidha verify --queue beside/);
      await end(replication);
    });

    it('counts neither what the replication removes nor what was taken before it', async () => {
      const replication = await started();
      await consume(pair.origin, replication.queue, 2);
      assert.equal((await look(replication)).cause, undefined);
      await end(replication);
    });

    it('tells that a replica queue has a limit', async () => {
      const queue = `beside.${++number}`;
      await createQueue(pair.origin, queue);
      await createQueue(pair.replica, queue, { 'qpid.max_count': 100 });
      const replication = replicationOf(queue, pair);
      assert.equal((await begin(replication)).kind, 'started');
      const seen = await look(replication);
      assert.equal(seen.state, 'in-step');
      assert.match(seen.cause ?? '', /has a limit: when the replica reaches it, its whole broker shuts down/);
      await end(replication);
    });

    it('says what to do next where nothing replicates', async () => {
      const queue = `beside.${++number}`;
      const replication = replicationOf(queue, pair);
      assert.match((await look(replication)).cause ?? '', /there is no queue "beside\.\d+" on node1/);
      await createQueue(pair.origin, queue);
      assert.match((await look(replication)).next ?? '', /To replicate it: `qpidha start --queue beside/);
      await createQueue(pair.replica, queue);
      await send(pair.replica, queue, numbered(1));
      assert.match(
        (await look(replication)).next ?? '',
        /`qpidha rebuild --queue beside.*, which moves aside/,
      );
    });

    it('advises nobody to move aside the work of a queue that was cut over to', async () => {
      const replication = await started();
      const outcome = await engine((context) => cutover(replication, context, { accepted: new Set() }));
      assert.equal(outcome.kind, 'cut-over');
      const seen = await look(replication);
      assert.deepEqual([seen.state, seen.next], ['absent', undefined]);
      assert.match(seen.cause ?? '', /was created anew to be an origin itself/);
    });

    it('advises no start of a replication whose queue has been deleted', async () => {
      const replication = await started();
      await deletePiece(pair.origin, 'queue', replication.queue);
      const seen = await look(replication);
      assert.equal(seen.state, 'stale');
      assert.match(seen.next ?? '', /End the replication: `qpidha stop --queue beside/);
      await end(replication);
    });

    it('verifies a queue that numbers its messages', async () => {
      const queue = `beside.${++number}`;
      await createQueue(pair.origin, queue, { 'qpid.queue_msg_sequence': 'sequence' });
      await send(pair.origin, queue, numbered(3));
      const replication = replicationOf(queue, pair);
      assert.equal((await begin(replication)).kind, 'started');
      await send(pair.origin, queue, numbered(2));
      assert.equal((await browse(pair.replica, queue)).length, 5);
      assert.equal((await engine((context) => verify(replication, context))).kind, 'equal');
      await end(replication);
    });
  });
}
