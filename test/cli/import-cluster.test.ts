import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection } from '../../server/amqp/contract';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { promote, statusOf } from '../support/cluster';
import { qpidha } from '../support/command-line';
import { createQueue, depth, eventually, replicateByHand, send } from '../support/replication';

for (const kind of brokerKinds) {
  describe(`import of clusters of ${kind} brokers`, () => {
    let members: readonly TestBroker[];
    let admins: readonly BrokerConnection[];
    let primary: TestBroker;
    let alone: TestBroker;
    let all: string;
    let folder: string;

    before(async () => {
      const ports = [await freePort(), await freePort(), await freePort()];
      const url = ports.map((port) => `127.0.0.1:${port}`).join(',');
      members = await Promise.all(
        ports.map((port, index) => startBroker(kind, { name: `east${index}`, port, cluster: url })),
      );
      admins = await Promise.all(members.map(({ ref }) => connect({ ...ref, admin: true })));
      const [first, ...backups] = admins;
      assert.ok(first !== undefined && members[0] !== undefined);
      primary = members[0];
      await promote(first);
      for (const backup of backups)
        await eventually('it is ready', async () => (await statusOf(backup)) === 'ready');
      alone = await startBroker(kind, { name: 'alone' });
      folder = mkdtempSync(join(tmpdir(), 'qpidha-import-'));
      all = ports.map((port) => `127.0.0.1:${port}`).join(',');
      for (const queue of ['q1', 'q2']) {
        await createQueue(primary, queue);
        await createQueue(alone, queue);
        await send(primary, queue, ['one']);
        await replicateByHand(alone, queue, primary);
      }
      await createQueue(alone, 'home');
      await createQueue(primary, 'home');
      await replicateByHand(primary, 'home', alone);
      await eventually('it is copied', async () => (await depth(alone, 'q2')) === 1);
    });
    after(async () => {
      await Promise.all(admins.map((admin) => admin.close()));
      await Promise.all([...members, alone].map((broker) => broker.stop()));
      rmSync(folder, { recursive: true, force: true });
    });

    async function imported(name: string, ...brokers: readonly string[]) {
      const file = join(folder, `${name}.qpid.yaml`);
      const run = await qpidha(['import', ...brokers.flatMap((broker) => ['--broker', broker]), '-o', file]);
      assert.equal(run.code, 0, run.err);
      assert.equal((await qpidha(['lint', file])).code, 0);
      const plan = await qpidha(['plan', '--manifest', file]);
      assert.equal(plan.code, 0, plan.out + plan.err);
      assert.doesNotMatch(plan.out, /no manifest wants/);
      return { text: readFileSync(file, 'utf8'), err: run.err };
    }

    test('a cluster is written with all its members, and what its backups replicate is not', async () => {
      const { text } = await imported('whole', `east=${all}`, `alone=${alone.ref.endpoint.text}`);
      assert.match(text, new RegExp(`^ {2}east:\\n {4}address: ${all}$`, 'm'));
      assert.deepEqual(text.match(/queue: .*/g), ['queue: home', 'queue: q1', 'queue: q2']);
      assert.match(text, /queue: home\n {4}from: alone\n {4}to: east$/m);
    });

    test('one member that is named stands for all of them, and a backup for none', async () => {
      const named = [...members].reverse().map(({ ref }, index) => `east${index}=${ref.endpoint.text}`);
      const { text, err } = await imported('members', ...named, `alone=${alone.ref.endpoint.text}`);
      assert.equal(err.match(/is a backup of the cluster of east2/g)?.length, 2);
      const [, address = ''] = /^ {2}east2:\n {4}address: (.*)$/m.exec(text) ?? [];
      assert.deepEqual(address.split(',').sort(), all.split(',').sort());
      assert.ok(address.startsWith(primary.ref.endpoint.text));
    });

    test('a cluster that was not named is found by a link, with all its members', async () => {
      const run = await qpidha(['import', '--broker', `alone=${alone.ref.endpoint.text}`]);
      assert.match(run.err, /"home" of alone is also replicated to a broker that was not named/);
      const [, address = ''] = /^ {2}broker-\S+:\n {4}address: (.*)$/m.exec(run.out) ?? [];
      assert.deepEqual(address.split(',').sort(), all.split(',').sort());
    });

    test('a backup that is named alone is refused, with the address of its primary', async () => {
      const backup = members[1]?.ref.endpoint.text ?? '';
      const run = await qpidha(['import', '--broker', backup]);
      assert.equal(run.code, 2);
      assert.ok(run.err.includes(`its primary is ${primary.ref.endpoint.text}`), run.err);
    });
  });
}
