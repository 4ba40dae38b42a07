import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorSession } from './editor-session';

test('the effective settings are those of the text in the editor, secrets masked', async () => {
  const session = await EditorSession.start({ files: { 'qpidd.conf': 'port=1\n' } });
  const uri = session.uri('qpidd.conf');
  const page = () => session.request<string | null>('qpidha/effectiveSettings', { uri });
  assert.match(String(await page()), /^port +1 +line 1$/m);
  await session.open('qpidd.conf', 'auth=\nport=5673\nha-password=geheim\n');
  const open = String(await page());
  assert.match(open, /^Note: auth is empty in line 1/);
  assert.match(open, /\n\nOPTION +VALUE +FROM +INSTEAD OF\n(.+\n)+\n/);
  assert.match(open, /^port +5673 +line 2$/m);
  assert.match(open, /^ha-password +•+ +line 3$/m);
  assert.match(open, /^tcp-nodelay +yes +default$/m);
  assert.doesNotMatch(open, /geheim/);
  await session.change('qpidd.conf', { text: 'portt=1\n' });
  assert.match(String(await page()), /^The broker refuses to start: Line 1/);
  assert.equal(await session.request('qpidha/effectiveSettings', { uri: session.uri('none.conf') }), null);
  await session.end();
});
