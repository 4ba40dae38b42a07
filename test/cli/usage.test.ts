import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { qpidha } from '../support/command-line';

/** What cannot be meant: a command line, and what is said of it. */
const misuses: readonly [args: string[], said: RegExp][] = [
  [[], /Usage: qpidha/],
  [['bogus'], /unknown command 'bogus'/],
  [
    ['lint', '--formt', 'json'],
    /unknown option '--formt'\n\(Did you mean --format\?\)\nType "qpidha help lint" for its options/,
  ],
  [['lint', '--fail-on', 'x\n::warning::y'], /argument 'x\\x0a::warning::y' is invalid/],
  [['lint', '--format', 'yaml'], /Allowed choices are text, compact, json/],
  [['lint', 'no/such/file'], /no\/such\/file does not exist/],
  [['start'], /--queue is missing/],
  [['start', '--queue', 'q', '--replica', 'node2'], /--origin is missing/],
  [['start', '--queue', 'q', '--origin', 'h1, h2', '--replica', 'h'], /blanks are not allowed.*character 4/],
  [['start', 'q', '--replica', 'node2'], /What is "q"\?/],
  [['start', '--manifest', 'no-such.qpid.yaml'], /no-such\.qpid\.yaml cannot be read: it does not exist/],
  [['start', '--manifest', 'x.qpid.yaml', '--queue', 'q'], /exclude each other/],
  [['start', '--queue', 'q', '--timeout', 'soon'], /number of seconds/],
  [['status', '--replica', 'a', '--origin', 'b'], /--queue is missing together with --origin/],
  [['add', 'exchange', 'x'], /only queues can be added/],
  [['add', 'queue', 'q', '--argument', 'x'], /not NAME=VALUE/],
  [
    ['add', 'queue', 'q', '--durable', '--start-replica', 'h'],
    /takes its kind and arguments from the origin/,
  ],
  [['broker'], /required option '--config/],
  [['broker', '--config', 'no-such.conf'], /no-such\.conf cannot be read: it does not exist/],
];

for (const [args, said] of misuses) {
  test(`"qpidha ${args.join(' ')}" exits with 2 and says what is wrong`, async () => {
    const run = await qpidha(args);
    assert.equal(run.code, 2, run.err);
    assert.match(run.err, said);
    assert.equal(run.out, '');
    assert.doesNotMatch(run.err, /\n\s+at /);
  });
}

test('help and version go to stdout with exit code 0', async () => {
  const help = await qpidha(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.out, /lint .*start .*stop .*status /s);
  assert.match(help.out, /Exit codes:\n {2}0 {2}all is well/);
  assert.match((await qpidha(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
});

describe('files that are acted upon', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'qpidha-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('a manifest with errors is refused, each with its place', async () => {
    writeFileSync(
      join(folder, 'bad.qpid.yaml'),
      'version: 1\nbrokers:\n  node1: { address: node1 }\nreplications:\n  - { queue: q, from: node1, to: nod2 }\n',
    );
    const run = await qpidha(['start', '--manifest', 'bad.qpid.yaml'], { cwd: folder });
    assert.equal(run.code, 2);
    assert.match(run.err, /bad\.qpid\.yaml:5:\d+: .*nod2/);
  });

  test('a broker does not start with a configuration that qpidd refuses', async () => {
    writeFileSync(join(folder, 'qpidd.conf'), 'port = 5672\n');
    const run = await qpidha(['broker', '--config', 'qpidd.conf'], { cwd: folder });
    assert.equal(run.code, 2);
    assert.match(run.err, /qpidd\.conf:1:\d+: /);
  });
});

test('a password in an address appears nowhere', async () => {
  const secret = 'hunter2secret';
  for (const address of [`guest/${secret}@127.0.0.1:1`, `guest:${secret}@h1, h2`, `${secret}@[`]) {
    const run = await qpidha(['status', '--replica', address]);
    assert.notEqual(run.code, 0);
    assert.doesNotMatch(run.out + run.err, new RegExp(secret));
  }
});
