import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brokerKinds } from '../support/brokers';
import { qpidha } from '../support/command-line';
import { type Pair, startPair } from '../support/replication';

for (const kind of brokerKinds) {
  describe(`live commands on ${kind} brokers`, () => {
    let pair: Pair;
    let node1: string;
    let node2: string;
    let folder: string;

    before(async () => {
      pair = await startPair(kind);
      node1 = pair.origin.ref.endpoint.text;
      node2 = pair.replica.ref.endpoint.text;
      folder = mkdtempSync(join(tmpdir(), 'qpidha-cli-'));
    });

    after(async () => {
      await pair.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const addOnOrigin = (queue: string) => qpidha(['add', 'queue', `--broker=${node1}`, queue]);

    test('the commands of the old tools work with our name in front', async () => {
      assert.equal((await addOnOrigin('seed')).code, 0);
      const added = await qpidha(['add', 'queue', `--broker=${node2}`, '--start-replica', node1, 'seed']);
      assert.equal(added.code, 0, added.err);
      assert.match(added.err, /in step, 0 messages on both brokers/);
      const again = await qpidha(['replicate', '-b', node2, node1, 'seed']);
      assert.equal(again.code, 0, again.err);
      assert.match(again.err, /was running already/);
    });

    test('a queue that exists is not added a second time', async () => {
      await addOnOrigin('twice');
      const second = await addOnOrigin('twice');
      assert.equal(second.code, 1);
      assert.match(second.err, /object already exists: twice/);
    });

    test('a link that serves no replication is told, and removed by the command that is told with it', async () => {
      await addOnOrigin('leaking');
      const replica = ['--replica', node2];
      await qpidha(['stop', '--queue', 'seed', ...replica]);
      assert.equal((await qpidha(['start', '--queue', 'leaking', '--origin', node1, ...replica])).code, 0);
      const { qmf } = await pair.replica.connection();
      const broker = 'org.apache.qpid.broker:broker:amqp-broker';
      await qmf.call(broker, 'delete', { type: 'queue', name: 'leaking', options: {} });
      const seen = await qpidha(['status', ...replica]);
      assert.equal(seen.code, 1);
      assert.match(seen.err, /A link is left over on/);
      const json = JSON.parse((await qpidha(['status', ...replica, '--json'])).out);
      assert.deepEqual(
        json.leftOver.map(({ address }: { address: string }) => address),
        [node1],
      );
      const advised = /`qpidha (stop --left-over [^`]+)`/.exec(seen.err)?.[1] ?? '';
      assert.equal((await qpidha(advised.split(' '))).code, 0);
      const after = await qpidha(['status', ...replica]);
      assert.doesNotMatch(after.err, /left over/);
      const mixed = await qpidha(['stop', '--left-over', '--queue', 'leaking', ...replica]);
      assert.equal(mixed.code, 2);
    });

    test('start, status and stop follow each other, and each can be repeated', async () => {
      await addOnOrigin('myqueue');
      const target = ['--queue', 'myqueue', '--replica', node2];
      for (const word of [/is running: in step/, /was running already/]) {
        const started = await qpidha(['start', '--origin', node1, ...target]);
        assert.equal(started.code, 0, started.err);
        assert.match(started.err, word);
      }
      const seen = await qpidha(['status', ...target]);
      assert.equal(seen.code, 0, seen.err);
      assert.match(seen.out, /^myqueue +\S+ +\S+ +in-step +0 +0 +0$/m);
      for (const word of [/is stopped/, /nothing to stop/]) {
        const stopped = await qpidha(['stop', ...target]);
        assert.equal(stopped.code, 0, stopped.err);
        assert.match(stopped.err, word);
      }
    });

    test('with --json there is one document on stdout and nothing on stderr', async () => {
      await addOnOrigin('json');
      const target = ['--queue', 'json', '--origin', node1, '--replica', node2, '--json'];
      const started = await qpidha(['start', ...target]);
      assert.equal(started.err, '');
      const { version, results } = JSON.parse(started.out);
      assert.equal(version, 1);
      assert.deepEqual(
        results.map((result: { queue: string; outcome: { kind: string } }) => [
          result.queue,
          result.outcome.kind,
        ]),
        [['json', 'started']],
      );
      const seen = JSON.parse((await qpidha(['status', ...target])).out);
      assert.equal(seen.replications[0].state, 'in-step');
      const stopped = JSON.parse((await qpidha(['stop', ...target])).out);
      assert.equal(stopped.results[0].outcome.kind, 'stopped');
    });

    test('a manifest names the replications, and queues choose among them', async () => {
      await addOnOrigin('one');
      await addOnOrigin('two');
      const manifest = join(folder, 'replicas.qpid.yaml');
      writeFileSync(
        manifest,
        `version: 1
brokers:
  node1: { address: "${node1}" }
  node2: { address: "${node2}" }
replications:
  - { queue: one, from: node1, to: node2 }
  - { queue: two, from: node1, to: node2 }
  - { queue: asleep, from: node1, to: node2, state: stopped }
`,
      );
      const first = await qpidha(['start', '--manifest', manifest, 'two']);
      assert.equal(first.code, 0, first.err);
      assert.doesNotMatch(first.err, /"one"/);
      const all = await qpidha(['start', '--manifest', manifest]);
      assert.equal(all.code, 0, all.err);
      assert.match(all.err, /"one" from node1 to node2 is running/);
      assert.doesNotMatch(all.err, /asleep/);
      const stopped = await qpidha(['stop', '--manifest', manifest]);
      assert.equal(stopped.code, 0, stopped.err);
      const unknown = await qpidha(['stop', '--manifest', manifest, 'three']);
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /declares no replication of "three"/);
    });

    test('one that fails does not keep the next from being tried', async () => {
      await addOnOrigin('good');
      const manifest = join(folder, 'mixed.qpid.yaml');
      writeFileSync(
        manifest,
        `version: 1
brokers:
  node1: { address: "${node1}" }
  node2: { address: "${node2}" }
replications:
  - { queue: nosuch, from: node1, to: node2 }
  - { queue: good, from: node1, to: node2 }
`,
      );
      const run = await qpidha(['start', '--manifest', manifest]);
      assert.equal(run.code, 1);
      assert.match(run.err, /node1 has no queue "nosuch"/);
      assert.match(run.err, /"good" from node1 to node2 is running/);
    });

    test('a refusal says why and what to do', async () => {
      const run = await qpidha(['start', '--queue', 'x', '--origin', node1, '--replica', node1]);
      assert.equal(run.code, 1);
      assert.match(run.err, /one and the same broker/);
      assert.match(run.err, /next: Name two brokers/);
    });
  });
}

test('a broker that is down is named with its address and what to check', async () => {
  const run = await qpidha(['status', '--replica', '127.0.0.1:1']);
  assert.equal(run.code, 1);
  assert.match(run.err, /127\.0\.0\.1:1: .*refused.*Check that the broker runs/);
});
