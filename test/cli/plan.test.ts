import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brokerKinds } from '../support/brokers';
import { qpidha, spawnCommand } from '../support/command-line';
import {
  browse,
  createQueue,
  numbered,
  type Pair,
  piecesOn,
  replicateByHand,
  send,
  startPair,
} from '../support/replication';

for (const kind of brokerKinds) {
  describe(`plan and apply on ${kind} brokers`, () => {
    let pair: Pair;
    let folder: string;
    let number = 0;

    before(async () => {
      pair = await startPair(kind);
      folder = mkdtempSync(join(tmpdir(), 'qpidha-plan-'));
    });
    after(async () => {
      await pair.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function manifestOf(...entries: readonly string[]): Promise<string> {
      const file = join(folder, `${++number}.qpid.yaml`);
      const lines = [
        'version: 1',
        'brokers:',
        `  node1: { address: "${pair.origin.ref.endpoint.text}" }`,
        `  node2: { address: "${pair.replica.ref.endpoint.text}" }`,
        entries.length === 0 ? 'replications: []' : 'replications:',
        ...entries.map((entry) => `  - { ${entry}, from: node1, to: node2 }`),
      ];
      writeFileSync(file, `${lines.join('\n')}\n`);
      return file;
    }

    async function filled(...queues: readonly string[]): Promise<void> {
      for (const queue of queues) {
        await createQueue(pair.origin, queue);
        await send(pair.origin, queue, numbered(3));
      }
    }

    test('plan tells what is to be done by its exit code, and apply does it', async () => {
      await filled('one', 'two');
      const manifest = await manifestOf('queue: one', 'queue: two', 'queue: three, state: stopped');
      const pending = await qpidha(['plan', '--manifest', manifest]);
      assert.equal(pending.code, 2, pending.err);
      assert.match(pending.out, /^\+ start {4}one: node1 → node2$/m);
      assert.match(pending.out, /^2 to start, 1 left as they are\.$/m);
      const applied = await qpidha(['apply', '--manifest', manifest]);
      assert.equal(applied.code, 0, applied.err);
      assert.match(applied.err, /"one" from node1 to node2 is running: in step, 3 messages/);
      assert.equal(applied.out, 'Steps: 2 done.\n');
      const done = await qpidha(['plan', '--manifest', manifest]);
      assert.equal(done.code, 0, done.err);
      assert.equal(done.out, '3 left as they are.\n');
      const again = await qpidha(['apply', '--manifest', manifest]);
      assert.deepEqual([again.code, again.out], [0, 'Nothing to do.\n']);
      const end = await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
      assert.deepEqual([end.code, end.out], [0, 'Steps: 2 done.\n'], end.err);
      assert.deepEqual(await browse(pair.replica, 'one'), numbered(3));
    });

    test('a queue that is named is all that is applied', async () => {
      await filled('this', 'that');
      const manifest = await manifestOf('queue: this', 'queue: that');
      const applied = await qpidha(['apply', '--manifest', manifest, 'this']);
      assert.equal(applied.code, 0, applied.err);
      assert.deepEqual(await piecesOn(pair.replica, 'that').then((pieces) => pieces.length), 2);
      const unknown = await qpidha(['plan', '--manifest', manifest, 'nosuch']);
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /declares no replication of "nosuch"/);
      const both = await qpidha(['plan', '--prune', '--manifest', manifest, 'this']);
      assert.match(both.err, /--prune and names of queues exclude each other/);
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
    });

    test('a saved plan is carried out once, and refused when the world has changed', async () => {
      await filled('saved');
      const manifest = await manifestOf('queue: saved');
      const file = join(folder, 'saved.plan.json');
      const plan = await qpidha(['plan', '--manifest', manifest, '--out', file]);
      assert.equal(plan.code, 2, plan.err);
      assert.match(plan.err, /qpidha apply .*saved.plan.json/);
      assert.equal(JSON.parse(readFileSync(file, 'utf8')).steps[0].action, 'start');
      const printed = await qpidha(['plan', '--manifest', manifest, '--json']);
      assert.equal(printed.out, readFileSync(file, 'utf8'));
      const applied = await qpidha(['apply', file]);
      assert.equal(applied.code, 0, applied.err);
      const second = await qpidha(['apply', file]);
      assert.equal(second.code, 1);
      assert.match(second.err, /The world has changed since the plan was made, and nothing was done/);
      assert.match(second.err, /"saved" from node1 to node2 was absent, and is running/);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"if-missing"', '"never"'));
      const edited = await qpidha(['apply', file]);
      assert.equal(edited.code, 2);
      assert.match(edited.err, /changed by hand/);
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
    });

    test('a danger is named with the flag that accepts it, and nothing is begun', async () => {
      await filled('safe', 'full');
      await createQueue(pair.replica, 'full');
      await send(pair.replica, 'full', ['foreign']);
      const manifest = await manifestOf('queue: safe', 'queue: full');
      const plan = await qpidha(['plan', '--manifest', manifest]);
      assert.equal(plan.code, 2, plan.err);
      assert.match(plan.out, /^! rebuild {2}full: node1 → node2$/m);
      assert.match(plan.out, /danger replaced-content: .*\n +accept it: --rebuild$/m);
      const run = await qpidha(['apply', '--manifest', manifest]);
      assert.equal(run.code, 1);
      assert.match(run.err, /rebuild "full" was not begun/);
      assert.match(run.err, /Accept the danger: --rebuild/);
      assert.equal(run.out, 'Steps: 2 not begun.\n');
      assert.deepEqual(await piecesOn(pair.replica, 'safe'), []);
      assert.deepEqual(await browse(pair.replica, 'full'), ['foreign']);
      const accepted = await qpidha(['apply', '--rebuild', '--manifest', manifest]);
      assert.equal(accepted.code, 0, accepted.err);
      assert.match(accepted.err, /What it held before, 1 message, is in the queue "full/);
      assert.deepEqual(await browse(pair.replica, 'full'), numbered(3));
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
    });

    test('with --json there is one document a line, and the last is the summary', async () => {
      await filled('lines');
      const manifest = await manifestOf('queue: lines', 'queue: absent');
      const run = await qpidha(['apply', '--json', '--manifest', manifest]);
      assert.equal(run.code, 1);
      assert.equal(run.err, '');
      const lines = run.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines.map(({ type, queue, result }) => [type, queue, result]).filter(([type]) => type !== 'progress'),
        [
          ['blocked', 'absent', undefined],
          ['change', 'lines', undefined],
          ['change', 'lines', undefined],
          ['step', 'lines', 'done'],
          ['summary', undefined, undefined],
        ],
      );
      assert.deepEqual(lines.at(-1), {
        type: 'summary',
        done: 1,
        failed: 0,
        notBegun: 0,
        blocked: 1,
        cut: 0,
      });
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
    });

    test('Ctrl-C in the middle takes back what was begun, and tells what was done', async () => {
      const queues = Array.from({ length: 10 }, (_, index) => `cut${index}`);
      await filled(...queues);
      const manifest = await manifestOf(...queues.map((queue) => `queue: ${queue}`));
      const child = spawnCommand(['apply', '--manifest', manifest]);
      let [out, err] = ['', ''];
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        if (err === '') child.kill('SIGINT');
        err += text;
      });
      await once(child, 'close');
      assert.match(out, /^Steps: .*\.\n$/);
      assert.doesNotMatch(out, /cut off/);
      assert.doesNotMatch(err, /still there/);
      const again = await qpidha(['apply', '--manifest', manifest]);
      assert.equal(again.code, 0, again.err);
      assert.equal((await piecesOn(pair.replica, 'cut0')).length, 2 * 10 + 1);
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
    });

    test('a reader that goes away ends an apply as Ctrl-C does', async () => {
      const queues = Array.from({ length: 10 }, (_, index) => `pipe${index}`);
      await filled(...queues);
      const manifest = await manifestOf(...queues.map((queue) => `queue: ${queue}`));
      const child = spawnCommand(['apply', '--json', '--manifest', manifest]);
      child.stdout?.once('data', () => child.stdout?.destroy());
      const [code] = await once(child, 'close');
      assert.notEqual(code, 3);
      const again = await qpidha(['apply', '--manifest', manifest]);
      assert.equal(again.code, 0, again.err);
      for (const queue of queues) assert.deepEqual(await browse(pair.replica, queue), numbered(3));
      await qpidha(['apply', '--prune', '--manifest', await manifestOf()]);
      assert.deepEqual(await piecesOn(pair.replica, 'any'), []);
    });

    test('what nobody wants is told, and stopped by --prune alone', async () => {
      await filled('stray');
      await createQueue(pair.replica, 'stray');
      await replicateByHand(pair.replica, 'stray', pair.origin);
      const manifest = await manifestOf();
      const plan = await qpidha(['plan', '--manifest', manifest]);
      assert.equal(plan.code, 0, plan.err);
      assert.match(plan.out, /no manifest wants node2 to replicate "stray" from 127.0.0.1/);
      assert.equal((await qpidha(['apply', '--manifest', manifest])).out, 'Nothing to do.\n');
      assert.equal((await qpidha(['plan', '--prune', '--manifest', manifest])).code, 2);
      assert.equal((await qpidha(['apply', '--prune', '--manifest', manifest])).code, 0);
      assert.deepEqual(await piecesOn(pair.replica, 'stray'), []);
    });
  });
}

test('apply wants to know what', async () => {
  const run = await qpidha(['apply']);
  assert.equal(run.code, 2);
  assert.match(run.err, /Name a saved plan, or --manifest FILE/);
});
