import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { qpidha } from '../support/command-line';

const script = `#!/bin/sh
NODE2=node2:5673
for queue in orders "black sheep"; do
  qpid-config -b guest/geheim@$NODE2 add queue "$queue" --start-replica node1
done
qpid-ha replicate -b $NODE3 node1 orders
`;

describe('import from scripts', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qpidha-import-'));
    writeFileSync(join(folder, 'replicas.sh'), script);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('writes what is understood, and what is not as a comment, with its place', async () => {
    const run = await qpidha(['import', '--script', 'replicas.sh', '-o', 'r.qpid.yaml'], { cwd: folder });
    assert.deepEqual([run.code, run.out], [1, '']);
    assert.equal(
      run.err,
      [
        'replicas.sh:6:1: "NODE3" is not set in this script.',
        '    qpid-ha replicate -b $NODE3 node1 orders',
        '2 brokers, 2 replications, 1 not imported. r.qpid.yaml: written.',
        '',
      ].join('\n'),
    );
    assert.equal(
      readFileSync(join(folder, 'r.qpid.yaml'), 'utf8'),
      [
        '# Written by "qpidha import", from replicas.sh.',
        'version: 1',
        '',
        'brokers:',
        '  node1:',
        '    address: node1',
        '  node2:',
        '    address: node2:5673',
        '',
        'replications:',
        '  - queue: orders',
        '    from: node1',
        '    to: node2',
        '  - queue: "black sheep"',
        '    from: node1',
        '    to: node2',
        '',
        '# Not imported:',
        '# replicas.sh:6:1: "NODE3" is not set in this script.',
        '#     qpid-ha replicate -b $NODE3 node1 orders',
        '',
      ].join('\n'),
    );
    assert.equal((await qpidha(['lint', 'r.qpid.yaml'], { cwd: folder })).code, 0);
    assert.deepEqual(readdirSync(folder).sort(), ['r.qpid.yaml', 'replicas.sh']);
  });

  test('takes the values of variables, and all is imported', async () => {
    const run = await qpidha(['import', '--script', 'replicas.sh', '--set', 'NODE3=node3'], { cwd: folder });
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /to: node3\n {4}create: never\n$/);
  });

  test('reads standard input', () => {
    const main = join(import.meta.dirname, '../../server/cli/main.ts');
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), main, 'import', '--script', '-'],
      { input: 'qpid-ha replicate -b node2 node1 q\n', encoding: 'utf8' },
    );
    assert.equal(status, 0);
    assert.match(stdout, /from standard input\.$/m);
  });

  test('writes nothing where there is nothing', async () => {
    writeFileSync(join(folder, 'none.sh'), 'echo hello\n');
    const run = await qpidha(['import', '--script', 'none.sh', '-o', 'none.qpid.yaml'], { cwd: folder });
    assert.deepEqual([run.code, run.out], [1, '']);
    assert.match(run.err, /nothing was written/);
    assert.ok(!readdirSync(folder).includes('none.qpid.yaml'));
  });

  test('refuses what it cannot do, in a line', async () => {
    const commands: readonly (readonly [RegExp, ...string[]])[] = [
      [/nosuch\.sh cannot be read: it does not exist/, '--script', 'nosuch.sh'],
      [/cannot be read: it is a folder/, '--script', '.'],
      [/--broker and --script exclude each other/, '--script', 'replicas.sh', '--broker', 'x'],
      [/--set "1x=…" is not NAME=VALUE/, '--script', 'replicas.sh', '--set', '1x=secret'],
      [/--set belongs to --script/, '--set', 'a=b'],
      [
        /r\.sh is there already|replicas\.sh is there already/,
        '--script',
        'replicas.sh',
        '-o',
        'replicas.sh',
      ],
    ];
    for (const [words, ...args] of commands) {
      const run = await qpidha(['import', ...args], { cwd: folder });
      assert.deepEqual([run.code, run.out], [2, ''], args.join(' '));
      assert.match(run.err, words);
      assert.doesNotMatch(run.err, /secret/);
    }
  });
});
