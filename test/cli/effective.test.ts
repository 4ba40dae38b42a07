import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { qpidha } from '../support/command-line';

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'qpidha-effective-'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('qpidd.conf', 'port=5672\nauth=no\nha-password=geheim1\nha-brokers-url=u/geheim2@h1,h2\n');
  write('sysconfig', 'QPIDD_OPTIONS="--por 5673 --ha-password geheim3 --tcp-nodelay no"\nQPID_AUTH=\n');
  write(
    'qpidd.service',
    '[Service]\nEnvironment=QPID_AUTH=no\nEnvironmentFile=sysconfig\nExecStart=/usr/sbin/qpidd $QPIDD_OPTIONS\n',
  );
});
after(() => rmSync(folder, { recursive: true }));

test('a unit and its files are sources; secrets are masked', async () => {
  const run = await qpidha(['effective', 'qpidd.conf', '--env', 'qpidd.service'], { cwd: folder });
  assert.equal(run.code, 0, run.err);
  assert.match(run.out, /^port +5673 +--por +5672 \(line 1\)$/m);
  assert.match(run.out, /^auth +yes +QPID_AUTH +no \(line 2\)$/m);
  assert.match(run.out, /^ha-password +•+ +--ha-password +•+ \(line 3\)$/m);
  assert.match(run.out, /^ha-brokers-url +•+@h1,h2 +line 4$/m);
  assert.match(run.out, /^tcp-nodelay +no +--tcp-nodelay$/m);
  assert.match(run.out, /^Note: --tcp-nodelay takes the word "no"/m);
  assert.doesNotMatch(run.out + run.err, /geheim/);
});

test('arguments stand in for those of the unit, and JSON holds the same', async () => {
  const run = await qpidha(
    [
      'effective',
      'qpidd.conf',
      '--env',
      'qpidd.service',
      '--json',
      '--',
      '--port',
      'x',
      '--ha-password=geheim4',
    ],
    { cwd: folder },
  );
  assert.equal(run.code, 1, run.err);
  assert.doesNotMatch(run.out, /geheim/);
  const { starts, settings, problems } = JSON.parse(run.out);
  assert.equal(starts, false);
  assert.deepEqual(problems, ['The value of port is refused (--port).']);
  const port = settings.find(({ option }: { option: string }) => option === 'port');
  assert.deepEqual(port.values[0].from, { kind: 'command-line', argument: '--port' });
  assert.deepEqual(port.insteadOf, [{ value: '5672', from: { kind: 'file', line: 1 } }]);
});

test('the environment of the command itself is read when it is asked for', async () => {
  const environment = { QPID_PORT: '5999' };
  const without = await qpidha(['effective', 'qpidd.conf'], { cwd: folder, environment });
  assert.match(without.out, /^port +5672 +line 1$/m);
  const own = await qpidha(['effective', 'qpidd.conf', '--env', '-'], { cwd: folder, environment });
  assert.match(own.out, /^port +5999 +QPID_PORT/m);
});

test('a file that is not there is said', async () => {
  const run = await qpidha(['effective', 'none.conf'], { cwd: folder });
  assert.equal(run.code, 2);
  assert.match(run.err, /none\.conf cannot be read: it does not exist/);
});
