import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Range,
} from 'vscode-languageserver/node';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { EditorSession } from './editor-session';

const manifest = `version: 1
brokers:
  node1:
    address: node1
  node2:
    address: node2
    config: node2/qpidd.conf
replications:
  - queue: q
    from: node1
    to: node2
`;
const off = 'load-module=/usr/lib/qpid/daemon/ha.so\n';

function at(line: number, character: number): Range {
  return { start: { line, character }, end: { line, character } };
}

function apply(text: string, uri: string, action: CodeAction | undefined): string {
  const { lines } = documentFromText(uri, text);
  const edits = action?.edit?.changes?.[uri] ?? [];
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      uri,
      span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
      newText,
    })),
  );
}

test('a hover explains an option and marks it', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'auth=no\n');
  const hover = await session.request<Hover>('textDocument/hover', session.place('qpidd.conf', 0, 2));
  assert.match(JSON.stringify(hover.contents), /auth/);
  assert.deepEqual(hover.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
  await session.end();
});

test('completion replaces the word at the cursor', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'ha-clus\n');
  const items = await session.request<CompletionItem[]>(
    'textDocument/completion',
    session.place('qpidd.conf', 0, 7),
  );
  const item = items.find(({ label }) => label === 'ha-cluster');
  assert.deepEqual(item?.textEdit && 'range' in item.textEdit && item.textEdit.range, {
    start: { line: 0, character: 0 },
    end: { line: 0, character: 7 },
  });
  await session.end();
});

test('a manifest proposes the brokers that it declares', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', manifest.replace('from: node1', 'from: '));
  const items = await session.request<CompletionItem[]>(
    'textDocument/completion',
    session.place('a.qpid.yaml', 9, 10),
  );
  assert.deepEqual(
    items.map(({ label }) => label),
    ['node1'],
  );
  await session.end();
});

test('the outline nests brokers and replications, each name within its entry', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', manifest);
  const symbols = await session.request<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri: session.uri('a.qpid.yaml') },
  });
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
    [
      ['brokers', ['node1', 'node2']],
      ['replications', ['q']],
    ],
  );
  await session.end();
});

test('a manifest has four lenses for each replication, which name it', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', manifest);
  const uri = session.uri('a.qpid.yaml');
  const lenses = await session.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  assert.deepEqual(
    lenses.map(({ command }) => command?.command),
    [
      'qpidha.startReplication',
      'qpidha.stopReplication',
      'qpidha.showReplicationStatus',
      'qpidha.verifyReplication',
    ],
  );
  assert.deepEqual(lenses[0]?.command?.arguments, [{ kind: 'manifest', uri, queue: 'q', replica: 'node2' }]);
  assert.equal(lenses[0]?.range.start.line, 8);
  await session.end();
});

test('the replications of an open manifest are listed with their lines', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', manifest);
  const uri = session.uri('a.qpid.yaml');
  const entry = { uri, queue: 'q', origin: 'node1', replica: 'node2', firstLine: 8, lastLine: 10 };
  assert.deepEqual(await session.request('qpidha/listReplications', {}), [entry]);
  assert.deepEqual(await session.request('qpidha/listReplications', { uri }), [entry]);
  assert.deepEqual(await session.request('qpidha/listReplications', { uri: session.uri('b') }), []);
  await session.end();
});

test('an address is judged while it is typed', async () => {
  const session = await EditorSession.start();
  const judge = (address: string) => session.request<string | null>('qpidha/checkAddress', { address });
  assert.equal(await judge('node1:5672,node2'), null);
  assert.equal(await judge('amqps://node1'), null);
  assert.match(String(await judge('node1;node2')), /","/);
  assert.match(String(await judge('')), /needed/);
  await session.end();
});

test('a quick fix cures the finding under the cursor', async () => {
  const session = await EditorSession.start();
  const text = 'auth=no\nport =5672\n';
  await session.open('qpidd.conf', text);
  const actions = await session.codeActions('qpidd.conf', at(1, 5));
  const fix = actions.find(({ kind }) => kind === 'quickfix');
  assert.equal(apply(text, session.uri('qpidd.conf'), fix), 'auth=no\nport=5672\n');
  await session.end();
});

test('a quick fix in a manifest edits the qpidd.conf that it names, though that is not open', async () => {
  const session = await EditorSession.start({ files: { 'a.qpid.yaml': manifest, 'node2/qpidd.conf': off } });
  await session.open('a.qpid.yaml', manifest);
  await session.until(() => session.codes('a.qpid.yaml').includes('ha/queue-replication-off'));
  const [diagnostic] = session.diagnostics('a.qpid.yaml');
  assert.ok(diagnostic);
  const [fix] = await session.codeActions('a.qpid.yaml', diagnostic.range);
  const conf = session.uri('node2/qpidd.conf');
  assert.deepEqual(Object.keys(fix?.edit?.changes ?? {}), [conf]);
  assert.match(apply(off, conf, fix), /^ha-queue-replication=yes$/m);
  await session.end();
});

test('edits name the version of the document, for editors that check it', async () => {
  const capabilities = { workspace: { workspaceEdit: { documentChanges: true } } };
  const session = await EditorSession.start({ capabilities });
  await session.open('qpidd.conf', 'port = 1\n');
  await session.change('qpidd.conf', { range: at(0, 8), text: '2' });
  const [fix] = await session.codeActions('qpidd.conf', at(0, 5));
  const [change] = fix?.edit?.documentChanges ?? [];
  assert.deepEqual(change && 'textDocument' in change && change.textDocument, {
    uri: session.uri('qpidd.conf'),
    version: 2,
  });
  await session.end();
});

test('fix all cures everything in the file that has a cure, and nothing else', async () => {
  const session = await EditorSession.start();
  const text = '# mine\nport =5672\n auth=no\nnonsense\n';
  await session.open('qpidd.conf', text);
  const [fix, ...others] = await session.codeActions('qpidd.conf', at(0, 0), [], ['source.fixAll']);
  assert.equal(others.length, 0);
  assert.equal(fix?.kind, 'source.fixAll.qpidha');
  const fixed = apply(text, session.uri('qpidd.conf'), fix);
  assert.match(fixed, /^# mine\nport=5672\nauth=no\nnonsense\n/);
  await session.end();
});

test('fix all is not offered among the quick fixes at the cursor', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'port = 5672\n');
  const kinds = (await session.codeActions('qpidd.conf', at(0, 5))).map(({ kind }) => kind);
  assert.deepEqual([...new Set(kinds)], ['quickfix']);
  await session.end();
});

test('no fix is offered for a byte order mark, which an edit cannot remove', async () => {
  const session = await EditorSession.start({ files: { 'qpidd.conf': '\uFEFFauth=no\n' } });
  await session.open('qpidd.conf', 'auth=no\n');
  await session.until(() => session.codes('qpidd.conf').includes('conf/byte-order-mark'));
  const actions = await session.codeActions('qpidd.conf', at(0, 0));
  assert.deepEqual(
    actions
      .filter(({ diagnostics }) => diagnostics?.[0]?.code === 'conf/byte-order-mark')
      .map(({ title }) => title),
    ['Disable conf/byte-order-mark for this file'],
  );
  await session.end();
});
