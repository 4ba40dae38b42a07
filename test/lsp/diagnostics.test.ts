import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Diagnostic, DiagnosticSeverity, FileChangeType } from 'vscode-languageserver/node';
import { EditorSession } from './editor-session';

const manifest = `version: 1
brokers:
  node1:
    address: node1
    config: node1/qpidd.conf
  node2:
    address: node2
    config: node2/qpidd.conf
replications:
  - queue: q
    from: node1
    to: node2
`;
const off = 'load-module=/usr/lib/qpid/daemon/ha.so\nauth=no\nlink-heartbeat-interval=5\n';
const on = `${off}ha-queue-replication=yes\n`;
const rule = 'ha/queue-replication-off';

const deployment = { 'a.qpid.yaml': manifest, 'node1/qpidd.conf': on, 'node2/qpidd.conf': off };

test('a finding in an open document is sent with its rule, severity and place', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'port=5672\nport=5673\n');
  await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
  const repeated = session.diagnostics('qpidd.conf').find(({ code }) => code === 'conf/duplicate-setting');
  assert.equal(repeated?.severity, DiagnosticSeverity.Error);
  assert.equal(repeated?.source, 'qpidha');
  assert.equal(repeated?.range.start.line, 1);
  await session.end();
});

test('a fault between two files is shown in both, though only one of them is open', async () => {
  const session = await EditorSession.start({ files: deployment });
  await session.open('node2/qpidd.conf', off);
  await session.until(
    () => session.codes('node2/qpidd.conf').includes(rule) && session.codes('a.qpid.yaml').includes(rule),
  );
  const related = session.diagnostics('a.qpid.yaml')[0]?.relatedInformation ?? [];
  assert.deepEqual(
    related.map(({ location }) => location.uri),
    [session.uri('node2/qpidd.conf')],
  );
  await session.end();
});

test('a cure that is typed clears the finding in both files', async () => {
  const session = await EditorSession.start({ files: deployment });
  await session.open('node2/qpidd.conf', off);
  await session.until(() => session.codes('a.qpid.yaml').includes(rule));
  const end = { line: 1, character: 0 };
  await session.change('node2/qpidd.conf', {
    range: { start: end, end },
    text: 'ha-queue-replication=yes\n',
  });
  await session.until(
    () => session.codes('a.qpid.yaml').length + session.codes('node2/qpidd.conf').length === 0,
  );
  await session.end();
});

test('an unsaved edit that is thrown away brings the finding of the saved file back', async () => {
  const session = await EditorSession.start({ files: deployment });
  await session.open('node2/qpidd.conf', on);
  await session.until(() => session.published.some(({ uri }) => uri === session.uri('node2/qpidd.conf')));
  await session.close('node2/qpidd.conf');
  await session.until(() => session.codes('node2/qpidd.conf').includes(rule));
  await session.end();
});

test('a file that is changed, and then deleted, behind the editor is checked again, and cleared', async () => {
  const session = await EditorSession.start({ files: deployment });
  await session.until(() => session.codes('node2/qpidd.conf').includes(rule));
  session.write('node2/qpidd.conf', on);
  await session.watched('node2/qpidd.conf');
  await session.until(
    () => session.codes('node2/qpidd.conf').length + session.codes('a.qpid.yaml').length === 0,
  );
  session.write('node2/qpidd.conf', 'port=x\n');
  await session.watched('node2/qpidd.conf');
  await session.until(() => session.codes('node2/qpidd.conf').length > 0);
  session.remove('node2/qpidd.conf');
  await session.watched('node2/qpidd.conf', FileChangeType.Deleted);
  await session.until(() => session.codes('a.qpid.yaml').includes('manifest/config-missing'));
  assert.deepEqual(session.codes('node2/qpidd.conf'), []);
  await session.end();
});

test('a renamed file takes its findings along', async () => {
  const session = await EditorSession.start({ files: { 'qpidd.conf': 'port=x\n' } });
  await session.until(() => session.codes('qpidd.conf').length > 0);
  session.remove('qpidd.conf');
  session.write('qpidd-2.conf', 'port=x\n');
  await session.watched('qpidd.conf', FileChangeType.Deleted);
  await session.watched('qpidd-2.conf', FileChangeType.Created);
  await session.until(
    () => session.codes('qpidd.conf').length === 0 && session.codes('qpidd-2.conf').length > 0,
  );
  await session.end();
});

test('a byte order mark is found though the editor does not send it, and places stay right', async () => {
  const session = await EditorSession.start({ files: { 'qpidd.conf': '\uFEFFport=x\n' } });
  await session.open('qpidd.conf', 'port=x\n');
  await session.until(() => session.codes('qpidd.conf').includes('conf/byte-order-mark'));
  const value = session.diagnostics('qpidd.conf').find(({ code }) => code === 'conf/bad-integer');
  assert.deepEqual(value?.range, { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } });
  await session.end();
});

test('a UTF-16 file is found though the editor decodes it', async () => {
  const utf16 = Buffer.from('\uFEFFport=5672\n', 'utf16le');
  const session = await EditorSession.start({ files: { 'qpidd.conf': utf16 } });
  await session.open('qpidd.conf', 'port=5672\n');
  await session.until(() => session.codes('qpidd.conf').length > 0);
  await session.end();
});

test('of thousands of findings a thousand are sent, the gravest, and the rest is counted', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', `${manifest}${'  - queue: q\n'.repeat(2000)}`);
  await session.until(() => session.diagnostics('a.qpid.yaml').length > 0);
  assert.equal(session.diagnostics('a.qpid.yaml').length, 1001);
  assert.match(String(session.diagnostics('a.qpid.yaml').at(-1)?.message), /^\d+ more findings/);
  await session.end();
});

test('a document of ten megabytes is open to edits', async () => {
  const session = await EditorSession.start();
  const text = `${'# comment\n'.repeat(1_000_000)}port=x\n`;
  await session.open('qpidd.conf', text);
  await session.until(() => session.codes('qpidd.conf').includes('conf/bad-integer'));
  const line = 1_000_000;
  const range = { start: { line, character: 5 }, end: { line, character: 6 } };
  await session.change('qpidd.conf', { range, text: '5672' });
  await session.until(() => !session.codes('qpidd.conf').includes('conf/bad-integer'));
  await session.end();
});

test('an editor that asks for diagnostics is answered, and sent none', async () => {
  const session = await EditorSession.start({ capabilities: { textDocument: { diagnostic: {} } } });
  assert.ok(session.initialized.capabilities.diagnosticProvider);
  await session.open('qpidd.conf', 'port=x\n');
  const report = await session.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', {
    textDocument: { uri: session.uri('qpidd.conf') },
  });
  assert.ok(report.items.some(({ code }) => code === 'conf/bad-integer'));
  assert.deepEqual(session.published, []);
  await session.end();
});
