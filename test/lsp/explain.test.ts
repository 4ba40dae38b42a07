import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { CodeAction, ShowDocumentParams } from 'vscode-languageserver/node';
import { allRules } from '../../server/lint/all-rules';
import { rulePageUrl } from '../../server/lint/rule-page-url';
import { EditorSession } from './editor-session';

const pages = 'https://github.com/qpid-ha/qpid-ha/blob/main/';
const showsDocuments = { window: { showDocument: { support: true } } };
const line = { start: { line: 0, character: 0 }, end: { line: 0, character: 99 } };

function explanationsIn(actions: readonly CodeAction[]): CodeAction[] {
  return actions.filter(({ title }) => title.startsWith('Explain '));
}

test('every rule has a page, where its link leads', () => {
  for (const { id } of allRules) {
    const url = rulePageUrl(id) ?? assert.fail(id);
    assert.ok(url.startsWith(pages), url);
    assert.ok(existsSync(url.slice(pages.length)), url);
  }
  assert.equal(rulePageUrl('file/not-read'), undefined);
  assert.equal(rulePageUrl('conf/../../secret'), undefined);
});

test('every diagnostic links to the page of its rule', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'prt=1\nport = x\n');
  await session.until(() => session.codes('qpidd.conf').length > 1);
  for (const { code, codeDescription } of session.diagnostics('qpidd.conf')) {
    assert.equal(codeDescription?.href, `${pages}docs/rules/${code}.md`);
  }
  await session.end();
});

test('a finding is explained on its page, in the browser', async () => {
  const session = await EditorSession.start({ capabilities: showsDocuments });
  const shown: ShowDocumentParams[] = [];
  session.client.onRequest('window/showDocument', (params: ShowDocumentParams) => {
    shown.push(params);
    return { success: true };
  });
  await session.open('qpidd.conf', 'prt=1\n');
  const actions = await session.codeActions('qpidd.conf', line);
  const [action, ...others] = explanationsIn(actions).filter(({ title }) => title.includes('unknown-option'));
  assert.deepEqual(others, []);
  assert.equal(action?.title, 'Explain conf/unknown-option');
  assert.ok(actions[0]?.edit, 'fixes come first');
  await session.request('workspace/executeCommand', action.command ?? {});
  const uri = `${pages}docs/rules/conf/unknown-option.md`;
  assert.deepEqual(shown, [{ uri, external: true }]);
  for (const argument of ['https://example.org', 'file/not-read', 7, undefined]) {
    const params = { command: 'qpidha.explain', arguments: [argument] };
    assert.equal(await session.request('workspace/executeCommand', params), null);
  }
  assert.equal(shown.length, 1);
  await session.end();
});

test('a rule is explained once, though it has several findings at one place', async () => {
  const session = await EditorSession.start({ capabilities: showsDocuments });
  await session.open('qpidd.conf', 'prt=1\nprt=2\nprt=3\n');
  const all = { start: line.start, end: { line: 3, character: 0 } };
  const titles = explanationsIn(await session.codeActions('qpidd.conf', all)).map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
  assert.ok(titles.includes('Explain conf/unknown-option'));
  await session.end();
});

test('an editor that opens no pages is offered no explanation', async () => {
  const session = await EditorSession.start();
  await session.open('qpidd.conf', 'prt=1\n');
  assert.deepEqual(explanationsIn(await session.codeActions('qpidd.conf', line)), []);
  assert.equal(session.initialized.capabilities.executeCommandProvider, undefined);
  await session.end();
});
