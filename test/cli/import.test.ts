import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { haBrokerObject } from '../../server/replication/names';
import { observeInventory } from '../../server/replication/observe/observe';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { qpidha, type Run } from '../support/command-line';
import {
  createQueue,
  deletePiece,
  depth,
  eventually,
  type Pair,
  replicateByHand,
  send,
  startPair,
} from '../support/replication';

const awkward = ['yes', '12', 'a: b', 'with "quotes"', "it's", 'ünï→', '- x', '#x', 'a/b', '@home', '{}'];

for (const kind of brokerKinds) {
  describe(`import from ${kind} brokers`, () => {
    let pair: Pair;
    let folder: string;
    let number = 0;

    before(async () => {
      pair = await startPair(kind);
      folder = mkdtempSync(join(tmpdir(), 'qpidha-import-'));
    });
    after(async () => {
      await pair.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const addressOf = (broker: TestBroker) => broker.ref.endpoint.text;

    async function replicated(origin: TestBroker, replica: TestBroker, ...queues: readonly string[]) {
      for (const queue of queues) {
        await createQueue(origin, queue);
        await createQueue(replica, queue);
        await send(origin, queue, ['one']);
        await replicateByHand(replica, queue, origin);
      }
    }

    /** Imports, and has the manifest linted and planned: nothing is wrong with it, and nothing is to be done. */
    async function imported(...brokers: readonly string[]): Promise<string> {
      const file = join(folder, `${++number}.qpid.yaml`);
      const run = await qpidha(['import', ...brokers.flatMap((broker) => ['--broker', broker]), '-o', file]);
      assert.equal(run.code, 0, run.err);
      await isTrue(file);
      return readFileSync(file, 'utf8');
    }

    async function isTrue(file: string): Promise<Run> {
      const lint = await qpidha(['lint', '--fail-on', 'warning', file]);
      assert.equal(lint.code, 0, lint.out);
      const plan = await qpidha(['plan', '--manifest', file]);
      assert.equal(plan.code, 0, plan.out + plan.err);
      assert.doesNotMatch(plan.out, /no manifest wants/);
      return plan;
    }

    test('what is replicated stands in the manifest, and a plan of it has nothing to do', async () => {
      await replicated(pair.origin, pair.replica, ...awkward);
      const text = await imported(`node1=${addressOf(pair.origin)}`, `node2=${addressOf(pair.replica)}`);
      for (const queue of awkward) assert.ok(text.includes(queue.replaceAll('"', '\\"')), queue);
      assert.equal(text.match(/from: node1\n {4}to: node2/g)?.length, awkward.length);
      assert.doesNotMatch(text, /linkAddress|create|Not imported/);
    });

    test('an origin that was not named is found by the link, and all ways of naming lead to one manifest', async () => {
      const one = await imported(`node2=${addressOf(pair.replica)}`);
      assert.match(
        one,
        new RegExp(`broker-127\\.0\\.0\\.1:\\n    address: 127\\.0\\.0\\.1:${pair.origin.port}`),
      );
      const again = await imported(`node2=${addressOf(pair.replica)}`);
      assert.equal(again, one);
      const twice = await qpidha([
        'import',
        ...['--broker', `node2=${addressOf(pair.replica)}`, '--broker', `localhost:${pair.replica.port}`],
      ]);
      assert.equal(twice.code, 0, twice.err);
      assert.match(twice.err, /^localhost and node2 are one broker: written once\.$/m);
      assert.equal(twice.out, one);
    });

    test('a login in an address is used and never written', async () => {
      const run = await qpidha(['import', '--broker', `guest/geheim@${addressOf(pair.replica)}`]);
      assert.equal(run.code, 0, run.err);
      assert.doesNotMatch(run.out + run.err, /geheim|guest|@1/);
    });

    test('a replica broker that was not named is told, for the origin knows of it', async () => {
      const run = await qpidha(['import', '--broker', addressOf(pair.origin)]);
      assert.equal(run.code, 1);
      assert.match(
        run.err,
        /"yes" of \S+ is also replicated to a broker that was not named: add it with --broker/,
      );
      assert.match(run.out, /^replications: \[\]$/m);
      assert.match(run.out, /^# Not imported:\n# "/m);
    });

    test('a chain of three brokers is imported whole', async () => {
      const last = await startBroker(kind, { name: 'last' });
      try {
        await replicated(pair.origin, pair.replica, 'chain');
        await createQueue(last, 'chain');
        await replicateByHand(last, 'chain', pair.replica);
        const text = await imported(...[pair.origin, pair.replica, last].map(addressOf));
        assert.equal(text.match(/queue: chain$/gm)?.length, 2);
        const end = await qpidha(['import', '--broker', `last=${addressOf(last)}`]);
        assert.equal(end.code, 0, end.err);
        assert.match(end.err, /replicates 12 queues from others itself: add "--broker \S+" to import them/);
      } finally {
        await last.stop();
      }
    });

    test('what is left over of a replication is told, and written as a comment', async () => {
      const broken = await startPair(kind);
      try {
        await replicated(broken.origin, broken.replica, 'half', 'whole');
        const { bridges } = await observeInventory(await broken.replica.connection());
        const half = bridges.find(({ queue }) => queue === 'half');
        await deletePiece(broken.replica, 'bridge', half?.name ?? '');
        const file = join(folder, 'half.qpid.yaml');
        const brokers = ['--broker', addressOf(broken.origin), '--broker', addressOf(broken.replica)];
        const run = await qpidha(['import', ...brokers, '-o', file]);
        assert.equal(run.code, 1, run.err);
        assert.match(
          run.err,
          /has a replicator left over, of "half"; remove it: `qpidha stop --queue half --replica/,
        );
        assert.match(readFileSync(file, 'utf8'), /^# Not imported:\n(# .*\n)*# .*"half"/m);
        assert.doesNotMatch(readFileSync(file, 'utf8'), /^ .*half/m);
        await isTrue(file);
      } finally {
        await broken.stop();
      }
    });

    test('a replication in a circle is written but for its last part', async () => {
      const circle = await startPair(kind);
      try {
        await replicated(circle.origin, circle.replica, 'round');
        await replicateByHand(circle.origin, 'round', circle.replica);
        const file = join(folder, 'round.qpid.yaml');
        const brokers = ['--broker', addressOf(circle.origin), '--broker', addressOf(circle.replica)];
        await eventually('both run', async () => {
          rmSync(file, { force: true });
          const run = await qpidha(['import', ...brokers, '-o', file]);
          assert.equal(run.code, 1, run.err);
          return /is replicated in a circle/.test(run.err);
        });
        assert.match(readFileSync(file, 'utf8'), /^# {2}- queue: round$/m);
        assert.match(readFileSync(file, 'utf8'), /^ {2}- queue: round$/m);
        assert.equal((await qpidha(['lint', file])).code, 0);
      } finally {
        await circle.stop();
      }
    });

    test('an origin that is gone is written with a comment', async () => {
      const lost = await startPair(kind);
      try {
        await replicated(lost.origin, lost.replica, 'lost');
        await lost.origin.stop();
        const run = await qpidha(['import', '--broker', `here=${addressOf(lost.replica)}`]);
        assert.equal(run.code, 1, run.err);
        assert.match(run.out, /# From here it could not be asked: .*\n {2}\S+:\n {4}address: 127/);
        assert.match(run.out, /# Seen .*\n {2}- queue: lost\n {4}from: broker-\S+\n {4}to: here$/m);
      } finally {
        await lost.replica.stop();
      }
    });

    test('a link that leads to the origin by another address is known by what it carries', async () => {
      const sockets = new Set<Socket>();
      const detour = createServer((socket) => {
        const onward = connect(pair.origin.port, '127.0.0.1');
        for (const end of [socket, onward]) sockets.add(end.on('error', () => end.destroy()));
        socket.pipe(onward).pipe(socket);
      }).listen(0, '127.0.0.1');
      await once(detour, 'listening');
      const far = await startBroker(kind, { name: 'far' });
      try {
        const port = (detour.address() as AddressInfo).port;
        await createQueue(pair.origin, 'detour');
        await createQueue(far, 'detour');
        const { qmf } = await far.connection();
        await qmf.call(haBrokerObject, 'replicate', { broker: `127.0.0.1:${port}`, queue: 'detour' });
        await send(pair.origin, 'detour', ['one']);
        await eventually('it is copied', async () => (await depth(far, 'detour')) === 1);
        const text = await imported(...[pair.origin, pair.replica, far].map(addressOf));
        assert.match(text, new RegExp(`queue: detour\\n.*\\n.*\\n {4}linkAddress: 127.0.0.1:${port}$`, 'm'));
        assert.equal(text.match(/address: /g)?.length, 3);
      } finally {
        await far.stop();
        for (const socket of sockets) socket.destroy();
        detour.close();
      }
    });

    test('an existing file is left alone, unless it says the same', async () => {
      const file = join(folder, 'kept.qpid.yaml');
      const command = ['import', '--broker', addressOf(pair.replica), '-o', file];
      assert.match((await qpidha(command)).err, /written\.$/m);
      const again = await qpidha(command);
      assert.deepEqual([again.code, /as it was\.$/m.test(again.err)], [0, true]);
      writeFileSync(file, '# mine\n');
      const refused = await qpidha(command);
      assert.equal(refused.code, 2);
      assert.match(refused.err, /is there already, and says something else/);
      assert.equal(readFileSync(file, 'utf8'), '# mine\n');
      const folderless = await qpidha([...command.slice(0, -1), join(folder, 'no/such.qpid.yaml')]);
      assert.deepEqual([folderless.code, folderless.err.includes('its folder does not exist')], [2, true]);
    });

    test('a broker that cannot be asked ends it, and nothing is written', async () => {
      const gone = `127.0.0.1:${await freePort()}`;
      const run = await qpidha(['import', '--broker', addressOf(pair.replica), '--broker', gone]);
      assert.deepEqual([run.code, run.out], [2, '']);
      assert.match(run.err, /Nothing was written\.$/m);
      assert.equal((await qpidha(['import'])).code, 2);
      assert.equal((await qpidha(['import', '--broker', 'a=x', '--broker', 'a=y'])).code, 2);
    });
  });
}
