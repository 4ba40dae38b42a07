import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('starts by itself when a qpidd.conf is opened', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'node2/qpidd.conf'));
    const extension = vscode.extensions.getExtension('qpid-ha.qpid-ha');
    assert.ok(extension);
    while (!extension.isActive) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
