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
      writeFileSync(
        manifest,
        `version: 1
brokers:
  node1: { address: "${pair.origin.ref.endpoint.text}" }
  node2: { address: "${pair.replica.ref.endpoint.text}" }
replications:
  - { queue: seen, from: node1, to: node2 }
`,
      );
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

    test('heals when told to', async () => {
      const { child, said, closed } = run('--heal');
      await said(/was started again: .* in step/);
      child.kill('SIGTERM');
      await closed;
      assert.equal((await piecesOn(pair.replica, 'seen')).length, 3);
    });
  });
}
