import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import {
  CancellationTokenSource,
  WorkDoneProgress,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { BrokerError } from '../../server/amqp/broker-error';
import type { Connect } from '../../server/amqp/contract';
import type { ReplicationResult } from '../../server/lsp/requests';
import { createQueue, depth, eventually, numbered, piecesOn, send, startPair } from '../support/replication';
import { EditorSession } from './editor-session';

function manifest(origin: number, replica: number): string {
  return `version: 1
brokers:
  node1:
    address: 127.0.0.1:${origin}
  node2:
    address: 127.0.0.1:${replica}
replications:
  - queue: q
    from: node1
    to: node2
`;
}

test('a replication of a manifest is started, looked at and stopped, with its steps told as they happen', async () => {
  const pair = await startPair('embedded');
  const session = await EditorSession.start();
  try {
    await createQueue(pair.origin, 'q');
    await send(pair.origin, 'q', numbered(25));
    await session.open('a.qpid.yaml', manifest(pair.origin.port, pair.replica.port));
    const target = { kind: 'manifest', uri: session.uri('a.qpid.yaml'), queue: 'q', replica: 'node2' };
    const steps: string[] = [];
    session.client.onProgress(WorkDoneProgress.type, 'run-1', (value) => {
      steps.push(value.kind === 'report' ? ((value as WorkDoneProgressReport).message ?? '') : value.kind);
    });

    const started = await session.request<ReplicationResult>('qpidha/startReplication', {
      target,
      workDoneToken: 'run-1',
    });
    assert.equal(started.severity, 'info', JSON.stringify(started));
    await eventually('the replica has all', async () => (await depth(pair.replica, 'q')) === 25);
    assert.deepEqual([steps.at(0), steps.at(-1)], ['begin', 'end']);
    assert.ok(steps.some((step) => step.startsWith('node2: ')));

    const seen = await session.request<ReplicationResult>('qpidha/replicationStatus', { target });
    assert.match(seen.message, /in step, 25 messages/);

    const stopped = await session.request<ReplicationResult>('qpidha/stopReplication', { target });
    assert.match(stopped.message, /is stopped/);
    assert.deepEqual(await piecesOn(pair.replica, 'q'), []);
  } finally {
    await session.end();
    await pair.stop();
  }
});

test('a run that is cancelled still tells what is true now', async () => {
  const calls = new EventEmitter();
  const connect: Connect = ({ name, signal }) => {
    calls.emit('connect');
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(
          new BrokerError({ kind: 'cancelled', broker: name, step: 'connecting', advice: 'Try again.' }),
        );
      });
    });
  };
  const session = await EditorSession.start({ connect });
  const cancel = new CancellationTokenSource();
  const connecting = once(calls, 'connect');
  const target = { kind: 'addresses', queue: 'q', origin: 'h1', replica: 'h2' };
  const result = session.request<ReplicationResult>('qpidha/startReplication', { target }, cancel.token);
  await connecting;
  cancel.cancel();
  const { severity, message } = await result;
  assert.equal(severity, 'warning');
  assert.match(message, /"q".*cancelled/);
  await session.end();
});
