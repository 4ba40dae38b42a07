import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  extensionIsActive,
  finding,
  findings,
  positionOf,
  quickFixes,
  revert,
  show,
  until,
  workspaceUri,
} from './editor';

const conf = 'node2/qpidd.conf';
const manifest = 'deployment.qpid.yaml';
const replicationOff = 'ha/queue-replication-off';

describe('a qpidd.conf', () => {
  it('starts the extension when it is opened, and nobody calls it', async () => {
    const { document } = await show(conf);
    assert.equal(document.languageId, 'qpidd-conf');
    await extensionIsActive();
  });

  it('is underlined where the broker of a manifest lacks queue replication', async () => {
    await show(conf);
    await until(() => findings(conf).includes(replicationOff));
    assert.equal(finding(conf, replicationOff)?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(finding(conf, replicationOff)?.source, 'qpidha');
  });

  it('is cured by the quick fix, and its manifest with it', async () => {
    await show(conf);
    await until(() => findings(conf).includes(replicationOff));
    const range = finding(conf, replicationOff)?.range;
    assert.ok(range);
    const [fix] = (await quickFixes(conf, range)).filter(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, 'a fix is offered');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await until(() => findings(conf).length === 0 && findings(manifest).length === 0);
    const { document } = await show(conf);
    assert.match(document.getText(), /^ha-queue-replication=yes$/m);
    await revert(conf);
    await until(() => findings(conf).includes(replicationOff));
  });

  it('explains an option under the mouse', async () => {
    const { document } = await show(conf);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, 'auth'),
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    assert.match(text.join('\n'), /auth[\s\S]*bool/i);
  });

  it('proposes options, and the values of a boolean', async () => {
    const editor = await show(conf);
    const end = new vscode.Position(editor.document.lineCount, 0);
    await editor.edit((edit) => edit.insert(end, 'ha-clus'));
    const options = await completions(editor.document.uri, positionOf(editor.document, 'ha-clus', 'end'));
    assert.ok(options.includes('ha-cluster'));
    const values = await completions(editor.document.uri, positionOf(editor.document, 'auth=', 'end'));
    assert.ok(values.includes('yes') && values.includes('no'));
    await revert(conf);
  });

  it('has an outline of its settings', async () => {
    const symbols = await outline(conf);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['port', 'auth', 'link-heartbeat-interval', 'load-module'],
    );
  });
});

describe('a manifest', () => {
  it('is underlined although the fault is in the qpidd.conf it names', async () => {
    await show(manifest);
    await until(() => findings(manifest).includes(replicationOff));
    const related = finding(manifest, replicationOff)?.relatedInformation ?? [];
    assert.ok(related.some(({ location }) => location.uri.path === workspaceUri(conf).path));
  });

  it('explains its keys, proposes its brokers, and has an outline', async () => {
    const { document } = await show(manifest);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, 'replications'),
    );
    assert.ok(hovers.length > 0);
    const brokers = await completions(document.uri, positionOf(document, 'to: ', 'end'));
    assert.ok(brokers.includes('node2'));
    const names = (await outline(manifest)).flatMap(({ name, children }) => [
      name,
      ...children.map((child) => child.name),
    ]);
    assert.deepEqual(names, ['brokers', 'node1', 'node2', 'replications', 'myqueue']);
  });

  it('offers to start, stop, look at and compare each replication', async () => {
    const { document } = await show(manifest);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      [
        'qpidha.startReplication',
        'qpidha.stopReplication',
        'qpidha.showReplicationStatus',
        'qpidha.verifyReplication',
      ],
    );
  });
});

async function completions(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function outline(path: string): Promise<readonly vscode.DocumentSymbol[]> {
  await show(path);
  return await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    workspaceUri(path),
  );
}
