import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompletionItem, Hover } from 'vscode-languageserver/node';
import { EditorSession } from './editor-session';

/** The text without its `|`, and the position of that. */
function cursor(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return { text: marked.replace('|', ''), line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

async function ask<Result>(path: string, marked: string, method: string): Promise<Result> {
  const session = await EditorSession.start();
  const { text, line, character } = cursor(marked);
  await session.open(path, text);
  const result = await session.request<Result>(method, session.place(path, line, character));
  await session.end();
  return result;
}

async function proposals(path: string, marked: string): Promise<readonly CompletionItem[]> {
  const items = await ask<CompletionItem[]>(path, marked, 'textDocument/completion');
  return items.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

const verbs = ['disable', 'disable-file', 'disable-line', 'disable-next-line', 'enable'];

describe('in a comment to the linter', () => {
  it('verbs are proposed, those that the language has', async () => {
    const labels = async (path: string, marked: string) =>
      (await proposals(path, marked)).map(({ label }) => label);
    assert.deepEqual(await labels('qpidd.conf', '# qpidha: |\n'), ['broker', ...verbs]);
    assert.deepEqual(await labels('qpidd.conf', 'port=1 #qpidha:dis|\n'), ['broker', ...verbs]);
    assert.deepEqual(await labels('a.qpid.yaml', 'a: b # qpidha: |'), verbs);
    assert.ok((await labels('a.qpid.yaml', '# qp|')).includes('qpidha: disable-file'));
    assert.deepEqual(await labels('qpidd.conf', '# plain words |\n'), []);
    assert.deepEqual(await labels('a.qpid.yaml', 'a: "# qpidha: |"'), []);
  });

  it('rules are proposed that are not named yet, and first those that found something', async () => {
    const items = await proposals(
      'qpidd.conf',
      '# qpidha: disable conf/odd-duration, conf/ig|xx -- why\nconfig=a\n',
    );
    assert.match(items[0]?.label ?? '', /^(conf|ha)\//);
    assert.ok(items.findIndex(({ label }) => label === 'conf/ignored-in-file') < 3);
    assert.ok(!items.some(({ label }) => label === 'conf/odd-duration' || label.startsWith('suppression/')));
    assert.ok(items.some(({ label }) => label === 'ha/*'));
    const edit = items[0]?.textEdit;
    assert.deepEqual(
      edit && 'range' in edit && [edit.range.start.character, edit.range.end.character],
      [37, 46],
    );
  });

  it('nothing is proposed in a reason', async () => {
    assert.deepEqual(await proposals('qpidd.conf', '# qpidha: disable conf/odd-duration -- a |\n'), []);
  });

  it('releases are proposed, the newest first', async () => {
    assert.equal((await proposals('qpidd.conf', '# qpidha: broker |\n'))[0]?.label, '1.40');
  });

  it('a rule is explained, and a verb', async () => {
    const hover = async (path: string, marked: string) =>
      JSON.stringify((await ask<Hover | null>(path, marked, 'textDocument/hover'))?.contents ?? '');
    assert.match(
      await hover('qpidd.conf', '# qpidha: disable-file conf/odd-du|ration\n'),
      /odd-duration.+warning|info/,
    );
    assert.match(await hover('a.qpid.yaml', '# qpidha: disable-fi|le ha/*\n'), /whole file/);
    assert.match(await hover('a.qpid.yaml', '# qpidha: disable-file ha/|*\n'), /\d rules/);
  });
});
