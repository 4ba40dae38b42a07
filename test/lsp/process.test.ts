import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const main = join(import.meta.dirname, '../../server/lsp/main.ts');

function spawnServer(): { child: ChildProcess; client: ProtocolConnection; stdin: NodeJS.WritableStream } {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  assert.ok(stdin && stdout);
  const client = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  client.listen();
  return { child, client, stdin };
}

const initialize = { processId: process.pid, rootUri: null, capabilities: {} };

test('a server process serves on stdio, and ends with exit code 0 after shutdown and exit', async () => {
  const { child, client } = spawnServer();
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    client.onNotification('textDocument/publishDiagnostics', resolve);
  });
  await client.sendRequest('initialize', initialize);
  await client.sendNotification('initialized', {});
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: 'untitled:qpidd.conf', languageId: 'qpidd-conf', version: 1, text: 'port=x\n' },
  });
  assert.ok((await published).diagnostics.length > 0);
  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a server process whose editor is gone ends by itself', async () => {
  const { child, client, stdin } = spawnServer();
  await client.sendRequest('initialize', initialize);
  stdin.end();
  const [, signal] = await once(child, 'exit');
  assert.equal(signal, null);
});
