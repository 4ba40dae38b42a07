import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { EditorSession } from './editor-session';

const off = 'auth=no\nlink-heartbeat-interval=5\nlog-enable=info+\nha-queue-replication=no\n';
const rule = 'ha/queue-replication-off';
const manifest = (config: string) =>
  `version: 1\nbrokers:\n  a: {address: a, config: ${config}}\n  b: {address: b}\nreplications: [{queue: q, from: a, to: b}]\n`;

test('files are found by their content, and lost with it', async () => {
  const files = { 'all.yaml': manifest('hosts/a.conf'), 'hosts/a.conf': off, 'nginx.conf': 'server {\n}\n' };
  const session = await EditorSession.start({ files });
  await session.until(
    () => session.codes('all.yaml').includes(rule) && session.codes('hosts/a.conf').includes(rule),
  );
  assert.deepEqual(session.codes('nginx.conf'), []);
  session.write('all.yaml', 'services: {}\n');
  await session.watched('all.yaml');
  await session.until(
    () => session.codes('all.yaml').length === 0 && !session.codes('hosts/a.conf').includes(rule),
  );
  session.write('new.conf', 'prot=5672\nauth=no\nacl-file=/x\nlog-enable=info+\n');
  await session.watched('new.conf', FileChangeType.Created);
  await session.until(() => session.codes('new.conf').includes('conf/unknown-option'));
  await session.end();
});

test('what git ignores is passed over, until it is opened', async () => {
  const files = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.gitignore': 'old/\n',
    'old/qpidd.conf': 'prot=1\n',
    'qpidd.conf': 'prot=1\n',
  };
  const session = await EditorSession.start({ files });
  await session.until(() => session.codes('qpidd.conf').includes('conf/unknown-option'));
  assert.deepEqual(session.codes('old/qpidd.conf'), []);
  await session.open('old/qpidd.conf', 'prot=1\n');
  await session.until(() => session.codes('old/qpidd.conf').includes('conf/unknown-option'));
  session.write('.gitignore', '');
  await session.watched('.gitignore');
  await session.close('old/qpidd.conf');
  await session.request('textDocument/hover', session.place('qpidd.conf', 0, 0));
  assert.ok(session.codes('old/qpidd.conf').includes('conf/unknown-option'));
  await session.end();
});

const parted = {
  'qpidha.config.yaml': 'version: 1\n',
  'deploy/all.qpid.yaml': manifest('../hosts/a/qpidd.conf'),
  'hosts/a/qpidd.conf': off,
  'other/qpidd.conf': 'prot=1\n',
};

test('a file that is open alone is judged by its project, of which nothing else is reported', async () => {
  const session = await EditorSession.start({ files: parted, workspace: false });
  await session.open('hosts/a/qpidd.conf', off);
  await session.until(() => session.codes('hosts/a/qpidd.conf').includes(rule));
  const reported = new Set(
    session.published.filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri),
  );
  assert.deepEqual([...reported], [session.uri('hosts/a/qpidd.conf')]);
  await session.end();
});

test('a folder that is open is judged by its project, of which nothing else is reported', async () => {
  const session = await EditorSession.start({ files: parted, workspace: 'hosts' });
  await session.until(() => session.codes('hosts/a/qpidd.conf').includes(rule));
  const reported = new Set(
    session.published.filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri),
  );
  assert.deepEqual([...reported], [session.uri('hosts/a/qpidd.conf')]);
  await session.end();
});
