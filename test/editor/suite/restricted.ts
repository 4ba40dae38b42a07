import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import * as vscode from 'vscode';
import type { ReplicationTarget } from '../../../server/lsp/requests';
import { extensionIsActive, findings, show, until } from './editor';

const conf = 'node2/qpidd.conf';

describe('a workspace that is not trusted', () => {
  let connections = 0;
  let server: Server;

  before(async () => {
    server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    assert.equal(vscode.workspace.isTrusted, false);
  });

  after(() => {
    server.close();
  });

  it('is linted', async () => {
    await show(conf);
    await extensionIsActive();
    await until(() => findings(conf).includes('ha/queue-replication-off'));
  });

  const commands = [
    'startReplication',
    'stopReplication',
    'stopWithOptions',
    'showReplicationStatus',
    'verifyReplication',
    'rebuildReplica',
    'cutOver',
    'reverseReplication',
    'showPlan',
    'applyManifest',
    'watchManifest',
  ];
  for (const command of commands) {
    it(`contacts no broker by ${command}`, async () => {
      const address = server.address();
      assert.ok(typeof address === 'object' && address !== null);
      const broker = `127.0.0.1:${address.port}`;
      const target: ReplicationTarget = { kind: 'addresses', queue: 'q', origin: broker, replica: broker };
      await vscode.commands.executeCommand(`qpidha.${command}`, target);
      assert.equal(connections, 0);
    });
  }
});
