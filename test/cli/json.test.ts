/** What the verbs print with --json is what its schema says: nothing is missing, and nothing is there that it does not tell. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Ajv from 'ajv';
import type { WatchKind } from '../../server/replication/watching/watch-event';
import { qpidha, spawnCommand } from '../support/command-line';
import { createQueue, eventually, numbered, type Pair, send, startPair } from '../support/replication';
import { temporaryFolders } from '../support/temporary-folder';

type Schema = { readonly [key: string]: unknown };

const root = join(import.meta.dirname, '../..');
const schema: Schema = JSON.parse(
  readFileSync(join(root, 'docs/schemas/replication.schema.json'), 'utf8'),
) as Schema;

/** Further keys are allowed to readers, and not to us. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item)]));
  const isClosed = 'properties' in copy && copy.type === 'object';
  return isClosed ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv({ allErrors: true });
ajv.addSchema({ ...(closed(schema) as Schema), $id: 'verbs' });

function assertFits(definition: string, value: unknown): void {
  const fits = ajv.validate(`verbs#/definitions/${definition}`, value);
  assert.ok(fits, `${ajv.errorsText()}\n${JSON.stringify(value, undefined, 1)}`);
}

describe('the JSON of the verbs', () => {
  const makeFolder = temporaryFolders();
  let pair: Pair;
  let manifest: string;

  before(async () => {
    pair = await startPair('embedded');
    manifest = join(makeFolder({}), 'replicas.qpid.yaml');
    const brokers = [pair.origin, pair.replica].map(
      ({ ref }) => `  ${ref.name}: { address: "${ref.endpoint.text}" }\n`,
    );
    const entries = ['q', 'none'].map((queue) => `  - { queue: ${queue}, from: node1, to: node2 }\n`);
    writeFileSync(manifest, `version: 1\nbrokers:\n${brokers.join('')}replications:\n${entries.join('')}`);
    await createQueue(pair.origin, 'q');
    await send(pair.origin, 'q', numbered(3));
  });
  after(() => pair.stop());

  const run = async (verb: string, ...args: readonly string[]): Promise<string> =>
    (await qpidha([verb, '--json', '--manifest', manifest, ...args])).out;

  const kinds = async (verb: string, ...args: readonly string[]): Promise<readonly string[]> => {
    const found: unknown = JSON.parse(await run(verb, ...args));
    assertFits('results', found);
    return (found as { results: { outcome: { kind: string } }[] }).results.map(({ outcome }) => outcome.kind);
  };

  test('is as it says for a plan, each line of an apply, and a status', async () => {
    assertFits('plan', JSON.parse(await run('plan')));
    const lines = (await run('apply')).trim().split('\n');
    const types = lines.map((line) => {
      const value: unknown = JSON.parse(line);
      assertFits('applyLine', value);
      return (value as { type: string }).type;
    });
    // Where it takes its time, it tells of its progress as well.
    const certain = types.filter((type) => type !== 'progress');
    assert.deepEqual([...new Set(certain)].sort(), ['blocked', 'change', 'step', 'summary']);
    assert.equal(types.at(-1), 'summary');
    assertFits('status', JSON.parse(await run('status')));
  });

  test('is as it says for the verbs on single replications', async () => {
    assert.deepEqual(await kinds('start'), ['already-running', 'refused']);
    assert.deepEqual(await kinds('verify'), ['equal', 'refused']);
    assert.deepEqual(await kinds('rebuild', 'q'), ['healthy']);
    assert.deepEqual(await kinds('stop', '--drain', 'q'), ['stopped']);
    await send(pair.replica, 'q', ['more']);
    assert.deepEqual(await kinds('verify', 'q'), ['different']);
    assert.deepEqual(await kinds('cutover', 'q'), ['not-running']);
    assert.deepEqual(await kinds('rebuild', 'q'), ['rebuilt']);
    assert.deepEqual(await kinds('reverse', 'q'), ['reversed']);
    assert.deepEqual(await kinds('reverse', 'q'), ['already-reversed']);
    const left = await qpidha(['stop', '--left-over', '--replica', pair.replica.ref.endpoint.text, '--json']);
    assertFits('results', JSON.parse(left.out));
  });

  test('is as it says for brokers that cannot be asked', async () => {
    const { out } = await qpidha(['status', '--json', '--replica', '127.0.0.1:1']);
    assertFits('status', JSON.parse(out));
    const names = ['--queue', 'q', '--origin', '127.0.0.1:1', '--replica', '127.0.0.1:2'];
    const started = await qpidha(['start', '--json', ...names]);
    assertFits('results', JSON.parse(started.out));
  });

  test('is as it says for each line of a watch', async () => {
    const child = spawnCommand(['watch', '--json', '--interval', '0.2', '--manifest', manifest]);
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await eventually('it tells what does not run', async () => out.split('\n').length > 2);
    child.kill('SIGTERM');
    await ended;
    const lines = out.trim().split('\n');
    assert.match(lines[0] ?? '', /"type":"watching"/);
    for (const line of lines) assertFits('watchLine', JSON.parse(line));
  });

  test('names each type of a watch, as the page does', () => {
    const page = readFileSync(join(root, 'docs/engine.md'), 'utf8');
    const section = page.split('\n## watch\n')[1]?.split('\n## ')[0] ?? '';
    const rows = section.match(/^\| `.*$/gm) ?? [];
    const told = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map((one) => one[1]),
    );
    const { watchLine } = schema.definitions as {
      watchLine: { properties: { type: { enum: WatchKind[] } } };
    };
    assert.deepEqual([...told].sort(), [...watchLine.properties.type.enum].sort());
  });
});
