import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { guardNotification, guardRequest, pause } from '../../server/lsp/guard';
import type { Feature } from '../../server/lsp/session';
import { EditorSession } from './editor-session';

/** A handler with a bug, wrapped as every handler of the server is. */
const faulty: Feature = {
  register({ connection, log }) {
    connection.onRequest(
      'test/faultyRequest',
      guardRequest(log, 'test/faultyRequest', () => {
        throw new TypeError('injected fault');
      }),
    );
    connection.onNotification(
      'test/faultyNotification',
      guardNotification(log, 'test/faultyNotification', async () => {
        throw new Error('injected fault in a notification');
      }),
    );
  },
};

/** A handler that works until it is cancelled. */
const endless: Feature = {
  register({ connection, log }) {
    connection.onRequest(
      'test/endless',
      guardRequest(log, 'test/endless', async (_params: object, token) => {
        for (;;) await pause(token);
      }),
    );
  },
};

test('a bug in a handler is logged and answered with null, and the server lives on', async () => {
  const session = await EditorSession.start({ features: [faulty] });
  assert.equal(await session.request('test/faultyRequest', {}), null);
  await session.client.sendNotification('test/faultyNotification', {});
  await session.until(() => session.log.length === 2);
  assert.match(session.log[0] ?? '', /test\/faultyRequest[\s\S]*injected fault/);
  assert.match(session.log[1] ?? '', /test\/faultyNotification[\s\S]*injected fault in a notification/);
  await session.open('qpidd.conf', 'port=x\n');
  await session.until(() => session.codes('qpidd.conf').length > 0);
  await session.end();
});

test('nonsense from the editor is survived', async () => {
  const session = await EditorSession.start();
  const nowhere = { textDocument: { uri: 'not a uri' }, position: { line: 9, character: 9 } };
  assert.equal(await session.request('textDocument/hover', nowhere), null);
  assert.equal(await session.request('textDocument/hover', {}), null);
  assert.equal(await session.request('textDocument/completion', { position: null }), null);
  assert.equal(await session.request('qpidha/startReplication', {}), null);
  await session.change('never-opened.conf', { text: 'port=x\n' });
  await session.close('never-opened.conf');
  await session.open('qpidd.conf', 'port=x\n');
  const beyond = { line: 99, character: 99 };
  await session.change('qpidd.conf', { range: { start: beyond, end: beyond }, text: '# end\n' });
  assert.deepEqual(
    await session.request('textDocument/hover', session.place('qpidd.conf', 1000, 1000)),
    null,
  );
  await session.until(() => session.codes('qpidd.conf').includes('conf/bad-integer'));
  await session.end();
});

test('a running request that is cancelled ends as cancelled', async () => {
  const session = await EditorSession.start({ features: [endless] });
  const cancel = new CancellationTokenSource();
  const request = session.request('test/endless', {}, cancel.token);
  cancel.cancel();
  await assert.rejects(request, isCancelled);
  await session.end();
});

for (const method of ['textDocument/codeAction', 'textDocument/hover', 'textDocument/completion']) {
  test(`${method}, cancelled at once, ends as cancelled or answered, and the next one is answered`, async () => {
    const session = await EditorSession.start();
    await session.open('qpidd.conf', 'port = 1\n');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const params = { ...session.place('qpidd.conf', 0, 1), range, context: { diagnostics: [] } };
    const cancel = new CancellationTokenSource();
    const request = session.request(method, params, cancel.token);
    cancel.cancel();
    await request.catch((error: unknown) => assert.ok(isCancelled(error)));
    assert.ok(await session.request(method, params));
    await session.end();
  });
}

function isCancelled(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
}
