import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CompletionItem,
  type FoldingRange,
  type InlayHint,
  InsertTextFormat,
  type SelectionRange,
  type SemanticTokens,
  type SignatureHelp,
  type TextEdit,
} from 'vscode-languageserver/node';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { EditorSession } from './editor-session';

const options = { tabSize: 2, insertSpaces: true };

function applied(text: string, edits: readonly TextEdit[]): string {
  const { lines } = documentFromText('file:///a', text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      uri: 'file:///a',
      span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
      newText,
    })),
  );
}

test('a document is formatted, whole or in part', async () => {
  const session = await EditorSession.start();
  const text = 'port= 1 \r\nauth= no\r\n';
  await session.open('qpidd.conf', text);
  const textDocument = { uri: session.uri('qpidd.conf') };
  const all = await session.request<TextEdit[]>('textDocument/formatting', { textDocument, options });
  assert.equal(applied(text, all), 'port=1\r\nauth=no\r\n');
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
  const part = await session.request<TextEdit[]>('textDocument/rangeFormatting', {
    textDocument,
    range,
    options,
  });
  assert.equal(applied(text, part), 'port= 1 \r\nauth=no\r\n');
  await session.end();
});

test('a byte order mark, which the editor hides, shifts no edit', async () => {
  const session = await EditorSession.start({ files: { 'qpidd.conf': '\uFEFFport= 1\n' } });
  await session.open('qpidd.conf', 'port= 1\n');
  const textDocument = { uri: session.uri('qpidd.conf') };
  const edits = await session.request<TextEdit[]>('textDocument/formatting', { textDocument, options });
  assert.equal(applied('port= 1\n', edits), 'port=1\n');
  await session.end();
});

test('hints stand behind the values in view', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'auth=\ndefault-queue-limit=104857600\n');
  const textDocument = { uri: session.uri('qpidd.conf') };
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const hints = await session.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  assert.deepEqual(
    hints.map(({ label, position }) => [label, position]),
    [['= 100 MiB', { line: 1, character: 29 }]],
  );
  await session.end();
});

test('a snippet has tab stops for editors that know them', async () => {
  const snippetSupport = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  for (const [capabilities, format, text] of [
    [snippetSupport, InsertTextFormat.Snippet, /^ha-brokers-url=\$\{1:node1,node2,node3\}$/m],
    [{}, InsertTextFormat.PlainText, /^ha-brokers-url=node1,node2,node3$/m],
  ] as const) {
    const session = await EditorSession.start({ capabilities });
    await session.open('qpidd.conf', 'clu\n');
    const items = await session.request<CompletionItem[]>(
      'textDocument/completion',
      session.place('qpidd.conf', 0, 3),
    );
    const item = items.find(({ label }) => label === 'cluster member');
    assert.equal(item?.insertTextFormat, format);
    assert.equal(item?.filterText, 'cluster member');
    assert.match(item?.textEdit?.newText ?? '', text);
    await session.end();
  }
});

test('a signature says what may stand behind =, with the value marked', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'link-heartbeat-interval=\n# port=\n');
  const at = (line: number, character: number) =>
    session.request<SignatureHelp | null>(
      'textDocument/signatureHelp',
      session.place('qpidd.conf', line, character),
    );
  const [signature] = (await at(0, 24))?.signatures ?? [];
  const [from, to] = signature?.parameters?.[0]?.label ?? [];
  assert.match(signature?.label.slice(Number(from), Number(to)) ?? '', /^duration: seconds/);
  assert.match(JSON.stringify(signature?.documentation), /Default: 120s/);
  assert.equal(await at(0, 23), null);
  assert.equal(await at(1, 7), null);
  await session.end();
});

test('paragraphs fold, and selections grow', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'port=1\n\n# HA\nha-cluster=yes\nha-brokers-url=h1,h2\n');
  const textDocument = { uri: session.uri('qpidd.conf') };
  const folds = await session.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
  assert.deepEqual(folds, [{ startLine: 2, endLine: 4, kind: 'region' }]);
  const positions = [
    { line: 4, character: 16 },
    { line: 1, character: 0 },
  ];
  const [selection, blank] = await session.request<SelectionRange[]>('textDocument/selectionRange', {
    textDocument,
    positions,
  });
  const starts: string[] = [];
  for (let at = selection; at !== undefined; at = at.parent) {
    starts.push(`${at.range.start.line}:${at.range.start.character}`);
  }
  assert.deepEqual(starts, ['4:15', '4:15', '4:0', '2:0', '0:0']);
  assert.equal(blank?.range.start.line, 0);
  await session.end();
});

test('a path leads to its file', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'port=1\nlog-to-file=//var/log/a b.log\n');
  const textDocument = { uri: session.uri('qpidd.conf') };
  assert.deepEqual(await session.request('textDocument/documentLink', { textDocument }), [
    {
      range: { start: { line: 1, character: 12 }, end: { line: 1, character: 29 } },
      target: 'file:///var/log/a%20b.log',
      tooltip: '//var/log/a b.log',
    },
  ]);
  await session.end();
});

test('names and values are coloured by what they are', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'port=1\nha-broker-url=h1\nauth=y\nlog-prefix=a\rb\n');
  const textDocument = { uri: session.uri('qpidd.conf') };
  const { legend } = session.initialized.capabilities.semanticTokensProvider ?? assert.fail('none');
  const types = (data: readonly number[]) =>
    data.filter((_, index) => index % 5 === 3).map((type) => legend.tokenTypes[type]);
  const all = await session.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
  const { data } = all;
  assert.deepEqual(data.slice(0, 5), [0, 0, 4, legend.tokenTypes.indexOf('property'), 0]);
  assert.deepEqual(types(data).slice(0, 3), ['property', 'number', 'invalid']);
  assert.deepEqual(types(data).slice(-3), ['property', 'invalid', 'property']);
  const range = { start: { line: 2, character: 1 }, end: { line: 2, character: 2 } };
  const part = await session.request<SemanticTokens>('textDocument/semanticTokens/range', {
    textDocument,
    range,
  });
  assert.deepEqual(types(part.data), ['property', 'invalid']);
  await session.end();
});

test('manifests are left to formatters of YAML', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', 'version:   1\n');
  const textDocument = { uri: session.uri('a.qpid.yaml') };
  assert.equal(await session.request('textDocument/formatting', { textDocument, options }), null);
  await session.end();
});
