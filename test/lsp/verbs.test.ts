import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReplicationResult } from '../../server/lsp/requests';
import { dangers } from '../../server/replication/dangers';
import {
  browse,
  createQueue,
  depth,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  send,
  startPair,
} from '../support/replication';
import { EditorSession } from './editor-session';

describe('the verbs of the language server', () => {
  let pair: Pair;
  let session: EditorSession;

  before(async () => {
    pair = await startPair('embedded');
    session = await EditorSession.start();
  });
  after(async () => {
    await session.end();
    await pair.stop();
  });

  const targetOf = (queue: string) => ({
    kind: 'addresses',
    queue,
    origin: `127.0.0.1:${pair.origin.port}`,
    replica: `127.0.0.1:${pair.replica.port}`,
  });

  const run = (verb: string, queue: string, more: object = {}) =>
    session.request<ReplicationResult>(`qpidha/${verb}`, { target: targetOf(queue), ...more });

  async function replicated(queue: string, count: number): Promise<void> {
    await createQueue(pair.origin, queue);
    await send(pair.origin, queue, numbered(count));
    const started = await run('startReplication', queue);
    assert.equal(started.severity, 'info', JSON.stringify(started));
    await eventually('the replica has all', async () => (await depth(pair.replica, queue)) === count);
  }

  it('verify says that both queues are equal, and advises a rebuild when they are not', async () => {
    await replicated('verified', 20);
    const equal = await run('verifyReplication', 'verified');
    assert.equal(equal.severity, 'info');
    assert.match(equal.message, /equal, 20 messages/);
    assert.equal(equal.nextVerb, undefined);

    await run('stopReplication', 'verified');
    await send(pair.replica, 'verified', ['not of the origin']);
    const different = await run('verifyReplication', 'verified');
    assert.equal(different.severity, 'error');
    assert.match(different.message, /different/);
    assert.equal(different.nextVerb, 'rebuild');
  });

  it('rebuild begins only when what becomes of the old content is accepted, and moves it aside', async () => {
    await replicated('rebuilt', 5);
    await run('stopReplication', 'rebuilt');
    const unasked = await run('rebuildReplica', 'rebuilt');
    assert.equal(unasked.danger?.id, 'replaced-content');
    assert.equal(unasked.danger?.risk, dangers['replaced-content'].risk);
    assert.match(unasked.message, /What the replica queue holds is moved aside/);
    assert.deepEqual(await piecesOn(pair.replica, 'rebuilt'), []);

    const result = await run('rebuildReplica', 'rebuilt', { accept: ['replaced-content'] });
    assert.match(result.message, /is rebuilt .* is in the queue "rebuilt\.\d/, JSON.stringify(result));
    const [, aside = ''] = /is in the queue "([^"]+)"/.exec(result.message) ?? [];
    assert.equal(await depth(pair.replica, aside), 5);
    await run('stopReplication', 'rebuilt');
  });

  it('content is deleted only when that very danger is accepted', async () => {
    await replicated('discarded', 5);
    await run('stopReplication', 'discarded');
    const others = ['replaced-content', 'replica-producers', 'replica-consumers', 'producers-active'];
    const unasked = await run('rebuildReplica', 'discarded', { discard: true, accept: others });
    assert.equal(unasked.danger?.id, 'discard-content');
    assert.equal(await depth(pair.replica, 'discarded'), 5);
    const result = await run('rebuildReplica', 'discarded', { discard: true, accept: ['discard-content'] });
    assert.match(result.message, /5 messages, was deleted/, JSON.stringify(result));
    await run('stopReplication', 'discarded');
  });

  it('cutover names the danger that it meets, in words without flags, and goes on when it is accepted', async () => {
    await replicated('moved', 5);
    const connection = await pair.origin.connection();
    const sender = await connection.openSender('moved');
    const refused = await run('cutOverReplication', 'moved');
    assert.equal(refused.severity, 'error');
    assert.equal(refused.danger?.id, 'producers-active');
    assert.equal(refused.next, dangers['producers-active'].instead);
    assert.doesNotMatch(`${refused.message} ${refused.next}`, /--/);
    assert.notDeepEqual(await piecesOn(pair.replica, 'moved'), []);

    const done = await run('cutOverReplication', 'moved', { accept: ['producers-active'] });
    assert.match(done.message, /is cut over/, JSON.stringify(done));
    assert.deepEqual(await piecesOn(pair.replica, 'moved'), []);
    await sender.close();
  });

  it('reverse replicates the other way', async () => {
    await replicated('turned', 5);
    const unasked = await run('reverseReplication', 'turned', { discard: true });
    assert.equal(unasked.danger?.id, 'discard-content');
    const done = await run('reverseReplication', 'turned');
    assert.match(done.message, /is replicated/, JSON.stringify(done));
    await send(pair.replica, 'turned', ['later']);
    await eventually('it goes back', async () => (await depth(pair.origin, 'turned')) === 6);
  });

  it('stop drains, and keeps the queue usable as an origin', async () => {
    await replicated('kept', 5);
    const done = await run('stopReplication', 'kept', { drain: true, keepUsable: true });
    assert.equal(done.severity, 'info', JSON.stringify(done));
    assert.match(done.message, /equal to its origin, with 5 messages.*may be an origin/);
    assert.deepEqual(await browse(pair.replica, 'kept'), numbered(5));
  });

  it('what needs both brokers says so when the origin is not named', async () => {
    const target = { kind: 'addresses', queue: 'q', replica: `127.0.0.1:${pair.replica.port}` };
    for (const verb of ['verifyReplication', 'rebuildReplica', 'cutOverReplication', 'reverseReplication']) {
      const result = await session.request<ReplicationResult>(`qpidha/${verb}`, { target });
      assert.match(result.message, /needs the address of the origin broker/);
    }
  });
});
