import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { EditorSession } from './editor-session';

const member = (replicate: string) =>
  `ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=${replicate}\nauth=no\n`;

const disagreeing = {
  'qpidha.config.yaml': 'version: 1\nclusters:\n  east: [n1/qpidd.conf, n2/qpidd.conf, n3/qpidd.conf]\n',
  'n1/qpidd.conf': member('all'),
  'n2/qpidd.conf': member('none'),
  'n3/qpidd.conf': member('all'),
};

const duplicate = 'ha-queue-replication=yes\nport=1\nport=2\n';

describe('a project configuration in the editor', () => {
  it('counts as it is typed', async () => {
    const files = { 'qpidha.config.yaml': 'version: 1\n', 'qpidd.conf': duplicate };
    const session = await EditorSession.start({ files });
    await session.open('qpidha.config.yaml', 'version: 1\n', 'qpidha-config');
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    const end = { line: 1, character: 0 };
    const rules = 'rules: {conf/duplicate-setting: off}\n';
    await session.change('qpidha.config.yaml', { range: { start: end, end }, text: rules });
    await session.until(() => !session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.end();
  });

  it('counts when it comes and when it goes', async () => {
    const session = await EditorSession.start({ files: { 'qpidd.conf': duplicate } });
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    session.write('qpidha.config.yaml', 'version: 1\nrules: {conf/*: off}\n');
    await session.watched('qpidha.config.yaml', FileChangeType.Created);
    await session.until(() => !session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    session.remove('qpidha.config.yaml');
    await session.watched('qpidha.config.yaml', FileChangeType.Deleted);
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.end();
  });

  it('judges an open member by the others', async () => {
    const session = await EditorSession.start({ files: disagreeing });
    await session.open('n2/qpidd.conf', member('none'));
    await session.until(() => session.codes('n2/qpidd.conf').includes('ha/replicate-differs'));
    const end = { line: 2, character: 17 };
    const start = { line: 2, character: 13 };
    await session.change('n2/qpidd.conf', { range: { start, end }, text: 'all' });
    await session.until(() => !session.codes('n2/qpidd.conf').includes('ha/replicate-differs'));
    await session.end();
  });

  it('tells hover which release a file is for', async () => {
    const files = { 'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\n' };
    const session = await EditorSession.start({ files });
    await session.open('qpidd.conf', 'session-max-unacked=1\n');
    const hover = await session.request<{ contents: { value: string } }>(
      'textDocument/hover',
      session.place('qpidd.conf', 0, 3),
    );
    assert.match(hover.contents.value, /Since: 1\.37; not in 1\.36/);
    await session.end();
  });

  it('leads to the files that it names, and hears of their changes', async () => {
    const text = 'version: 1\nextends: ["p/base.yaml", qpidha:strict]\nclusters: {e: [a.conf]}\n';
    const off = 'version: 1\nrules: {conf/*: off}\n';
    const files = { 'qpidha.config.yaml': text, 'p/base.yaml': off, 'a.conf': '', 'qpidd.conf': duplicate };
    const session = await EditorSession.start({ files });
    await session.open('qpidha.config.yaml', text, 'qpidha-config');
    const links = await session.request<{ target: string; range: { start: { character: number } } }[]>(
      'textDocument/documentLink',
      { textDocument: { uri: session.uri('qpidha.config.yaml') } },
    );
    assert.deepEqual(
      links.map(({ target, range }) => [target, range.start.character]),
      [
        [session.uri('p/base.yaml'), 11],
        [session.uri('a.conf'), 15],
      ],
    );
    session.write('p/base.yaml', 'version: 1\n');
    await session.watched('p/base.yaml');
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.open('p/base.yaml', off, 'qpidha-config');
    await session.until(() => !session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.end();
  });

  it('is completed and explained', async () => {
    const session = await EditorSession.start();
    await session.open('qpidha.config.yaml', 'version: 1\nrules:\n  \n', 'qpidha-config');
    const items = await session.request<{ label: string }[]>(
      'textDocument/completion',
      session.place('qpidha.config.yaml', 2, 2),
    );
    assert.ok(items.some(({ label }) => label === 'ha/both-modes'));
    const hover = await session.request<{ contents: { value: string } }>(
      'textDocument/hover',
      session.place('qpidha.config.yaml', 0, 2),
    );
    assert.match(hover.contents.value, /Version of this format/);
    await session.end();
  });
});
