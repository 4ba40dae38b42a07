import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { qpidha, spawnCommand } from '../support/command-line';

const conf = join(import.meta.dirname, '../../examples/two-brokers/node1/qpidd.conf');

test('an embedded broker runs in the foreground, is used by the other commands, and ends when told to', async () => {
  const child = spawnCommand(['broker', '--config', conf, '--port', '0']);
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout?.setEncoding('utf8') ?? child, 'data')) as [string];
  const address = /127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
  assert.match(line, /queue replication on/);
  const added = await qpidha(['add', 'queue', `--broker=${address}`, 'q']);
  assert.equal(added.code, 0, added.err);
  const taken = await qpidha(['broker', '--config', conf, '--port', address.split(':')[1] ?? '']);
  assert.equal(taken.code, 2);
  assert.match(taken.err, /cannot be used/);
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});
