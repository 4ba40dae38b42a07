import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brokerKinds } from '../support/brokers';
import { qpidha, spawnCommand } from '../support/command-line';
import { createQueue, eventually, type Pair, piecesOn, startPair } from '../support/replication';

for (const kind of brokerKinds) {
  describe(`qpidha watch, on ${kind} brokers`, () => {
    let pair: Pair;
    let folder: string;
    let manifest: string;

    before(async () => {
      pair = await startPair(kind);
      folder = mkdtempSync(join(tmpdir(), 'qpidha-watch-'));
      manifest = join(folder, 'replicas.qpid.yaml');
      writeFileSync(manifest, declaring('seen'));
      await createQueue(pair.origin, 'seen');
      assert.equal((await qpidha(['apply', '--manifest', manifest])).code, 0);
    });
    const children: ChildProcess[] = [];
    after(async () => {
      // A watch that a failed test has left behind would go on for ever.
      for (const child of children) child.kill('SIGKILL');
      await pair.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const declaring = (...queues: readonly string[]) => `version: 1
brokers:
  node1: { address: "${pair.origin.ref.endpoint.text}" }
  node2: { address: "${pair.replica.ref.endpoint.text}" }
replications:
${queues.map((queue) => `  - { queue: ${queue}, from: node1, to: node2 }\n`).join('')}`;

    function run(...args: readonly string[]) {
      const child = spawnCommand(['watch', '--manifest', manifest, ...args]);
      children.push(child);
      // Asked for at once: it may be over before anyone waits for it.
      const closed = once(child, 'close').then(([code]) => code);
      const output = { out: '', err: '' };
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output.out += text;
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        output.err += text;
      });
      const said = (pattern: RegExp) =>
        eventually(`it says ${pattern}`, async () => pattern.test(output.out));
      return { child, output, said, closed };
    }

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      test(`tells what it sees, line by line, and ends cleanly at ${signal}`, async () => {
        const { child, output, said, closed } = run();
        await said(/^\d\d:\d\d:\d\d {2}Watching 1 replication, of which 1 runs\.$/m);
        await qpidha(['stop', '--manifest', manifest]);
        await said(/is absent\b/);
        await qpidha(['apply', '--manifest', manifest]);
        await said(/runs: in step, 0 messages on both brokers\.$/m);
        child.kill(signal);
        assert.deepEqual([await closed, output.err], [0, '']);
      });
    }

    test('prints JSON lines, and ends quietly when their reader goes', async () => {
      const { child, output, said, closed } = run('--json', '--interval', '0.2');
      await said(/\n/);
      const [line = ''] = output.out.split('\n');
      const { type, message, severity } = JSON.parse(line);
      assert.deepEqual(
        [type, message, severity],
        ['watching', 'Watching 1 replication, of which 1 runs.', 'info'],
      );
      child.stdout?.destroy();
      await qpidha(['stop', '--manifest', manifest]);
      assert.deepEqual([await closed, output.err], [0, '']);
    });

    test('follows its manifest through edits, and keeps to the former one while it is broken', async () => {
      await createQueue(pair.origin, 'later');
      await qpidha(['apply', '--manifest', manifest]);
      const { child, output, said, closed } = run('--interval', '0.2', '--heal');
      await said(/Watching 1 replication, of which 1 runs\./);
      writeFileSync(manifest, declaring('seen', 'later').replace('to: node2 }', 'to: nobody }'));
      await said(/has changed and cannot be used, so the watch goes on as before: .*:6:\d+: /);
      await qpidha(['stop', '--queue', 'seen', '--replica', pair.replica.ref.endpoint.text]);
      await said(/"seen" from node1 to node2 was started again/);
      rmSync(manifest);
      await said(/as before: .* cannot be read: it does not exist/);
      writeFileSync(manifest, declaring('seen', 'later'));
      await said(/The manifest has changed: now watching 2 replications, of which 1 runs\./);
      await said(/"later" from node1 to node2 was started again/);
      writeFileSync(manifest, `# only a comment\n${declaring('seen', 'later')}`);
      writeFileSync(manifest, declaring('later'));
      await said(/now watching 1 replication, of which 1 runs\./);
      await qpidha(['stop', '--queue', 'seen', '--replica', pair.replica.ref.endpoint.text]);
      await qpidha(['stop', '--queue', 'later', '--replica', pair.replica.ref.endpoint.text]);
      await said(/"later" .* was started again[\s\S]*"later" .* was started again/);
      assert.equal(output.out.match(/"seen" .* was started again/g)?.length, 1);
      writeFileSync(manifest, declaring('seen'));
      await said(/"seen" .* was started again[\s\S]*"seen" .* was started again/);
      child.kill('SIGTERM');
      assert.deepEqual([await closed, output.err], [0, '']);
      await qpidha(['stop', '--queue', 'later', '--replica', pair.replica.ref.endpoint.text]);
    });

    test('heals when told to', async () => {
      await qpidha(['stop', '--manifest', manifest]);
      const { child, said, closed } = run('--heal');
      await said(/was started again: .* in step/);
      child.kill('SIGTERM');
      await closed;
      assert.equal((await piecesOn(pair.replica, 'seen')).length, 3);
    });
  });
}
