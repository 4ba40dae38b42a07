import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { PlanResult, ReplicationResult, WatchEventParams } from '../../server/lsp/requests';
import { dangers } from '../../server/replication/dangers';
import {
  createQueue,
  deletePiece,
  depth,
  numbered,
  type Pair,
  piecesOn,
  send,
  startPair,
} from '../support/replication';
import { EditorSession } from './editor-session';

describe('the verbs of the language server on a whole manifest', () => {
  let pair: Pair;
  let session: EditorSession;
  const file = 'a.qpid.yaml';

  before(async () => {
    pair = await startPair('embedded');
    session = await EditorSession.start();
    for (const queue of ['empty', 'full']) {
      await createQueue(pair.origin, queue);
      await send(pair.origin, queue, numbered(5));
    }
    await createQueue(pair.replica, 'full');
    await send(pair.replica, 'full', ['old']);
    await session.open(file, manifest(['empty', 'full']));
  });
  after(async () => {
    await session.end();
    await pair.stop();
  });

  function manifest(queues: readonly string[]): string {
    const entries = queues.map((queue) => `  - queue: ${queue}\n    from: node1\n    to: node2\n`);
    return `version: 1
brokers:
  node1:
    address: 127.0.0.1:${pair.origin.port}
  node2:
    address: 127.0.0.1:${pair.replica.port}
replications:
${entries.join('')}`;
  }

  const plan = () => session.request<PlanResult>('qpidha/planManifest', { uri: session.uri(file) });
  const apply = (saved: string, accept: readonly string[] = []) =>
    session.request<ReplicationResult>('qpidha/applyPlan', { plan: saved, accept });

  it('a plan tells its steps and its dangers, and changes nothing', async () => {
    const { severity, message, plan: made } = await plan();
    assert.equal(severity, 'info');
    assert.match(message, /1 to start, 1 to rebuild/);
    assert.ok(made !== undefined);
    assert.equal(made.changes, 2);
    assert.match(made.page, /\+ start {2}empty: node1 → node2/);
    assert.match(made.page, /danger replaced-content: What the replica queue holds is moved aside/);
    const { risk, instead } = dangers['replaced-content'];
    assert.deepEqual(made.dangers, [{ id: 'replaced-content', risk, instead, about: ['"full" on node2'] }]);
    assert.deepEqual(await piecesOn(pair.replica, 'empty'), []);
  });

  it('a plan whose danger is not accepted begins nothing, whatever else is accepted', async () => {
    const { plan: made } = await plan();
    assert.ok(made !== undefined);
    for (const accept of [[], ['discard-content', 'unwanted-replication', 'nonsense']]) {
      const result = await apply(made.saved, accept);
      assert.equal(result.severity, 'error');
      assert.match(result.message, /2 not begun/);
      assert.match(result.details.join('\n'), /danger "replaced-content" has not been accepted/);
    }
    assert.deepEqual(await piecesOn(pair.replica, 'empty'), []);
  });

  it('a plan is refused when the world has changed since it was shown', async () => {
    const { plan: made } = await plan();
    assert.ok(made !== undefined);
    await createQueue(pair.replica, 'empty');
    const result = await apply(made.saved, ['replaced-content']);
    assert.equal(result.severity, 'error');
    assert.match(result.message, /world has changed.*nothing was done/);
    assert.notDeepEqual(result.details, []);
    assert.equal(await depth(pair.replica, 'full'), 1);
    await deletePiece(pair.replica, 'queue', 'empty');
  });

  it('a plan that was changed on its way is refused', async () => {
    const { plan: made } = await plan();
    const result = await apply((made?.saved ?? '').replace('full', 'null'));
    assert.match(result.message, /changed by hand/);
  });

  it('a plan whose danger is accepted is carried out, and then there is nothing to do', async () => {
    const { plan: made } = await plan();
    assert.ok(made !== undefined);
    const result = await apply(made.saved, ['replaced-content']);
    assert.equal(result.severity, 'info', JSON.stringify(result));
    assert.match(result.message, /2 done/);
    const again = await plan();
    assert.equal(again.message, 'All is as the manifest wants.', JSON.stringify(again));
    assert.equal(again.plan?.changes, 0);
  });

  it('what cannot be done is told with what was done', async () => {
    await session.open('blocked.qpid.yaml', manifest(['missing', 'third']));
    await createQueue(pair.origin, 'third');
    const uri = session.uri('blocked.qpid.yaml');
    const made = await session.request<PlanResult>('qpidha/planManifest', { uri });
    assert.equal(made.severity, 'warning');
    assert.match(made.message, /1 to start, 1 blocked/);
    const result = await apply(made.plan?.saved ?? '');
    assert.equal(result.severity, 'warning', JSON.stringify(result));
    assert.match(result.message, /1 done, 1 blocked/);
    assert.match(result.details.join('\n'), /"missing" from node1 to node2: .*no queue/);
  });

  it('a watch tells what happens, with the next verb for it, until it is cancelled', async () => {
    const events: WatchEventParams[] = [];
    session.client.onNotification('qpidha/watchEvent', (event: WatchEventParams) => {
      events.push(event);
    });
    const cancel = new CancellationTokenSource();
    const params = { uri: session.uri(file), interval: 0.1 };
    const over = session.request<ReplicationResult>('qpidha/watchManifest', params, cancel.token);
    await session.until(() => events.some(({ kind }) => kind === 'watching'));
    assert.match(events[0]?.message ?? '', /Watching 2 replications, of which 2 run/);
    await session.request('qpidha/stopReplication', {
      target: { kind: 'manifest', uri: session.uri(file), queue: 'full', replica: 'node2' },
    });
    await session.until(() => events.some(({ kind }) => kind === 'not-running'));
    const grave = events.find(({ kind }) => kind === 'not-running');
    assert.equal(grave?.severity, 'error');
    assert.equal(grave?.nextVerb, 'rebuild', JSON.stringify(grave));
    const target = { kind: 'manifest', uri: session.uri(file), queue: 'full', replica: 'node2' };
    assert.deepEqual(grave?.target, target);
    cancel.cancel();
    assert.equal((await over).severity, 'info');
    const bridges = (await piecesOn(pair.replica, 'full')).filter((piece) => piece.includes(':full'));
    assert.deepEqual(bridges, [], 'it has healed nothing by itself');
  });

  it('a watch follows what is saved of its manifest, and keeps to the former one while that is broken', async () => {
    session.write('edited.qpid.yaml', manifest(['empty']));
    const events: WatchEventParams[] = [];
    session.client.onNotification('qpidha/watchEvent', (event: WatchEventParams) => {
      events.push(event);
    });
    const cancel = new CancellationTokenSource();
    const uri = session.uri('edited.qpid.yaml');
    const over = session.request<ReplicationResult>(
      'qpidha/watchManifest',
      { uri, interval: 0.1 },
      cancel.token,
    );
    await session.until(() => events.some(({ kind }) => kind === 'watching'));
    await session.open('edited.qpid.yaml', manifest([]));
    session.write('edited.qpid.yaml', manifest(['empty']).replace('to: node2', 'to: nobody'));
    await session.until(() => events.some(({ kind }) => kind === 'manifest-broken'));
    session.write('edited.qpid.yaml', manifest(['empty', 'full']));
    await session.until(() => events.some(({ kind }) => kind === 'not-running'));
    const told = events.map(({ kind, message }) => `${kind}: ${message}`);
    assert.match(told[1] ?? '', /^manifest-broken: .* goes on as before: line 10: .*nobody/);
    assert.match(told[2] ?? '', /^manifest-changed: .*: now watching 2 replications, of which 1 runs/);
    const target = { kind: 'manifest', uri, queue: 'full', replica: 'node2' };
    assert.deepEqual(events.at(-1)?.target, target);
    cancel.cancel();
    assert.equal((await over).severity, 'info');
  });

  it('a watch rebuilds only where that danger is accepted', async () => {
    const params = { uri: session.uri(file), heal: 'rebuild', accept: ['discard-content'] };
    const result = await session.request<ReplicationResult>('qpidha/watchManifest', params);
    assert.equal(result.danger?.id, 'replaced-content');
  });

  it('a manifest with errors is neither planned nor watched', async () => {
    await session.open('broken.qpid.yaml', manifest(['q']).replace('to: node2', 'to: nobody'));
    for (const method of ['planManifest', 'watchManifest']) {
      const params = { uri: session.uri('broken.qpid.yaml') };
      const result = await session.request<ReplicationResult>(`qpidha/${method}`, params);
      assert.match(result.message, /errors/);
    }
  });
});
