import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { DocumentHighlight, DocumentLink, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import { documentFromText } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import { EditorSession } from './editor-session';

const manifest = `version: 1
brokers:
  node1: {address: "node1:5672", config: node1/qpidd.conf}
  node2: {address: amqps://NODE2, config: node2/qpidd.conf}
replications:
  - {queue: q, from: node1, to: node2}
  - queue: r
    from: 'node1'
    to: node2
    linkAddress: ssl:node1:5671
`;
const conf = 'ha-brokers-url=node1,node2:5673\nha-public-url=u/p@node1\nlog-prefix=node1\n';
const files = { 'a.qpid.yaml': manifest, 'node1/qpidd.conf': conf, 'node2/qpidd.conf': 'interface=node2\n' };

/** The position of a text, by its line and the text itself. */
function find(text: string, line: number, part: string) {
  const character = text.split('\n')[line]?.indexOf(part) ?? -1;
  assert.ok(character >= 0, part);
  return { line, character: character + 1 };
}

async function start(texts: Readonly<Record<string, string>> = files) {
  const session = await EditorSession.start({ files: texts });
  for (const [path, text] of Object.entries(texts)) await session.open(path, text);
  return session;
}

function applied(session: EditorSession, path: string, text: string, { changes }: WorkspaceEdit): string {
  const uri = session.uri(path);
  const { lines } = documentFromText(uri, text);
  const edits = (changes?.[uri] ?? []).map(({ range, newText }) => ({
    uri,
    span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
    newText,
  }));
  return applyEdits(text, edits);
}

async function renamed(
  session: EditorSession,
  path: string,
  position: object,
  newName: string,
): Promise<WorkspaceEdit> {
  const textDocument = { uri: session.uri(path) };
  return await session.request('textDocument/rename', { textDocument, position, newName });
}

describe('renaming a broker', () => {
  it('changes its key and the ends of replications, each in its own quotes, and no address', async () => {
    const session = await start();
    for (const at of [find(manifest, 2, 'node1'), find(manifest, 5, 'node1'), find(manifest, 7, 'node1')]) {
      const edit = await renamed(session, 'a.qpid.yaml', at, 'east');
      assert.deepEqual(Object.keys(edit.changes ?? {}), [session.uri('a.qpid.yaml')]);
      const text = applied(session, 'a.qpid.yaml', manifest, edit);
      const expected = manifest
        .replace('  node1: {', '  east: {')
        .replace('from: node1', 'from: east')
        .replace("from: 'node1'", "from: 'east'");
      assert.equal(text, expected);
    }
    await session.end();
  });

  it('quotes a name that YAML would take for something else', async () => {
    const session = await start();
    const edit = await renamed(session, 'a.qpid.yaml', find(manifest, 2, 'node1'), 'true: a');
    const text = applied(session, 'a.qpid.yaml', manifest, edit);
    assert.match(text, /^ {2}"true: a": \{address/m);
    assert.match(text, /from: "true: a", to: node2/);
    await session.end();
  });

  it('is refused with a reason', async () => {
    const session = await start({ ...files, 'b.qpid.yaml': 'brokers:\n  a: {address: h\n' });
    const refused = (at: object, name: string) =>
      renamed(session, 'a.qpid.yaml', at, name).then(
        () => '',
        (error: Error) => error.message,
      );
    const broker = find(manifest, 2, 'node1');
    assert.match(await refused(broker, 'node2'), /"node2" is another broker/);
    assert.match(await refused(broker, ''), /needed/);
    assert.match(await refused(broker, ' x'), /blank/);
    assert.match(await refused(broker, 'a\nb'), /one line/);
    const host = find(manifest, 2, '"node1:');
    assert.match(await refused(host, 'node2'), /host of these files already/);
    assert.match(await refused(host, 'a:5672'), /no host/);
    assert.match(await refused(host, 'a,b'), /no host/);
    const broken = session.request('textDocument/prepareRename', session.place('b.qpid.yaml', 1, 3));
    await assert.rejects(broken, /cure its syntax/);
    await session.end();
  });

  it('offers the name as it is, without its quotes', async () => {
    const session = await start();
    const { line, character } = find(manifest, 7, 'node1');
    assert.deepEqual(
      await session.request('textDocument/prepareRename', session.place('a.qpid.yaml', line, character)),
      { range: { start: { line: 7, character: 11 }, end: { line: 7, character: 16 } }, placeholder: 'node1' },
    );
    assert.equal(
      await session.request('textDocument/prepareRename', session.place('a.qpid.yaml', 0, 3)),
      null,
    );
    await session.end();
  });
});

describe('renaming a host', () => {
  it('changes every address of the deployment, and nothing that only looks alike', async () => {
    const session = await start();
    const edit = await renamed(session, 'node1/qpidd.conf', find(conf, 0, 'node1'), 'east.example.org');
    assert.equal(
      applied(session, 'node1/qpidd.conf', conf, edit),
      'ha-brokers-url=east.example.org,node2:5673\nha-public-url=u/p@east.example.org\nlog-prefix=node1\n',
    );
    assert.equal(
      applied(session, 'a.qpid.yaml', manifest, edit),
      manifest
        .replace('"node1:5672"', '"east.example.org:5672"')
        .replace('ssl:node1', 'ssl:east.example.org'),
    );
    await session.end();
  });

  it('takes letters of either case for the same, and writes brackets around IPv6', async () => {
    const session = await start();
    const edit = await renamed(session, 'node2/qpidd.conf', { line: 0, character: 12 }, '::1');
    assert.match(applied(session, 'a.qpid.yaml', manifest, edit), /amqps:\/\/\[::1\],/);
    assert.match(applied(session, 'node1/qpidd.conf', conf, edit), /node1,\[::1\]:5673/);
    await session.end();
  });

  it('leaves another deployment alone', async () => {
    const session = await start({ ...files, 'other/qpidd.conf': 'ha-brokers-url=node1\n' });
    const edit = await renamed(session, 'a.qpid.yaml', find(manifest, 2, '"node1:'), 'east');
    assert.ok(!Object.keys(edit.changes ?? {}).includes(session.uri('other/qpidd.conf')));
    await session.end();
  });
});

test('a name leads to its broker, and the broker to all that name it', async () => {
  const session = await start();
  const uri = session.uri('a.qpid.yaml');
  const { line, character } = find(manifest, 7, 'node1');
  const place = session.place('a.qpid.yaml', line, character);
  const lines = (places: readonly (Location | DocumentHighlight)[]) =>
    places.map(({ range }) => range.start.line);
  assert.deepEqual(await session.request<Location[]>('textDocument/definition', place), [
    { uri, range: { start: { line: 2, character: 2 }, end: { line: 2, character: 7 } } },
  ]);
  const all = { ...place, context: { includeDeclaration: true } };
  assert.deepEqual(lines(await session.request<Location[]>('textDocument/references', all)), [2, 5, 7]);
  const uses = { ...place, context: { includeDeclaration: false } };
  assert.deepEqual(lines(await session.request<Location[]>('textDocument/references', uses)), [5, 7]);
  assert.deepEqual(
    lines(await session.request<DocumentHighlight[]>('textDocument/documentHighlight', place)),
    [2, 5, 7],
  );
  const host = { ...session.place('node1/qpidd.conf', 0, 16), context: { includeDeclaration: true } };
  assert.equal((await session.request<Location[]>('textDocument/references', host)).length, 4);
  assert.equal(await session.request('textDocument/definition', session.place('a.qpid.yaml', 0, 2)), null);
  await session.end();
});

test('the paths of a manifest lead to their files', async () => {
  const session = await start();
  const textDocument = { uri: session.uri('a.qpid.yaml') };
  const links = await session.request<DocumentLink[]>('textDocument/documentLink', { textDocument });
  assert.deepEqual(
    links.map(({ target }) => target),
    [session.uri('node1/qpidd.conf'), session.uri('node2/qpidd.conf')],
  );
  await session.end();
});
