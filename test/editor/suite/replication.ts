import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  consume,
  createQueue,
  depth,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  send,
  startPair,
} from '../../support/replication';
import { manifestOf } from '../manifest';
import { extensionIsActive, positionOf, show, until, workspaceUri } from './editor';

const manifest = 'live.qpid.yaml';

describe('the commands', () => {
  let pair: Pair;

  before(async () => {
    pair = await startPair('embedded');
    await createQueue(pair.origin, 'myqueue');
    await send(pair.origin, 'myqueue', numbered(100));
    writeFileSync(workspaceUri(manifest).fsPath, manifestOf(pair));
    const editor = await show(manifest);
    await extensionIsActive();
    await until(async () => (await lenses(editor.document)).length > 0);
    const entry = positionOf(editor.document, 'queue: myqueue');
    editor.selection = new vscode.Selection(entry, entry);
  });

  after(() => pair.stop());

  it('start the replication under the cursor: messages come and go on both brokers', async () => {
    // The command ends when its message is closed, which nobody does here.
    void vscode.commands.executeCommand('qpidha.startReplication');
    await eventually(
      'the replica has all messages',
      async () => (await depth(pair.replica, 'myqueue')) === 100,
    );
    await send(pair.origin, 'myqueue', numbered(20, 'later'));
    await consume(pair.origin, 'myqueue', 50);
    await eventually('the replica follows', async () => (await depth(pair.replica, 'myqueue')) === 70);
  });

  it('stop it: nothing of the replication is left, and the replica keeps what it has', async () => {
    void vscode.commands.executeCommand('qpidha.stopReplication');
    await eventually('it is stopped', async () => (await piecesOn(pair.replica, 'myqueue')).length === 0);
    await send(pair.origin, 'myqueue', numbered(5, 'after'));
    assert.equal(await depth(pair.origin, 'myqueue'), 75);
    assert.equal(await depth(pair.replica, 'myqueue'), 70);
  });
});

async function lenses(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
}
