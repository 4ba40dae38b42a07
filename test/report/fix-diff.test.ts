import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { colored } from '../../server/report/colored-diff';
import { type FileDiff, fixDiff } from '../../server/report/fix-diff';
import { patchName } from '../../server/report/patch-name';
import { documentFromText, documentWithText } from '../../server/text/document';
import type { Span } from '../../server/text/span';
import fc from '../support/fast-check';

const uri = 'file:///qpidd.conf';

function diff(before: string, after: string, secrets: readonly Span[] = [], name = 'qpidd.conf'): FileDiff {
  const source = documentFromText(uri, before);
  const file = { before: source, after: documentWithText(source, after) };
  return fixDiff(file, name, new Map([[uri, secrets]]), new Map());
}

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-diff-'));
after(() => rmSync(temporary, { recursive: true }));

/** What a tool makes of the file, given the patch. */
function apply(tool: readonly string[], name: string, before: string, patch: string): string {
  const path = join(temporary, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, before);
  const [command = '', ...args] = tool;
  execFileSync(command, args, { cwd: temporary, input: patch, stdio: ['pipe', 'ignore', 'pipe'] });
  return readFileSync(path, 'utf8');
}

const tools = [
  ['patch', '-p0'],
  ['git', 'apply', '-p0', '--unidiff-zero'],
];

describe('a patch of fixes', () => {
  it('shows three lines around a change', () => {
    const { head, body, withheld } = diff('1\n2\n3\n4\nx\n6\n7\n8\n9\n', '1\n2\n3\n4\ny\n6\n7\n8\n9\n');
    assert.equal(
      head + body,
      '--- qpidd.conf\n+++ qpidd.conf\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-x\n+y\n 6\n 7\n 8\n',
    );
    assert.deepEqual(withheld, []);
  });

  it('shows no password, neither beside a change nor in it', () => {
    const before =
      'port = 1\nha-password=hunter2\nauth = no\n# ha-password=hunter2\nha-password = hunter2\nx = 1\n';
    const after = 'port=1\nha-password=hunter2\nauth=no\n# ha-password=hunter2\n\nha-password=hunter2\nx=1\n';
    const { body, withheld } = diff(before, after);
    assert.equal(body, '@@ -1,1 +1,1 @@\n-port = 1\n+port=1\n@@ -3,1 +3,1 @@\n-auth = no\n+auth=no\n');
    assert.deepEqual(withheld, [5]);
    const hidden = diff('a: |\n  hunter2\n  hunter3\nb: 1\n', 'a: |\n  hunter2\n  hunter3\nb: 2\n', [
      { start: 3, end: 25 },
    ]);
    assert.equal(hidden.body, '@@ -4,1 +4,1 @@\n-b: 1\n+b: 2\n');
    const continued = diff('ha-password=\\\nhunter2\nport = 1\n', 'ha-password=\\\nhunter2\nport=1\n');
    assert.doesNotMatch(continued.body, /hunter2/);
  });

  it('counts the lines of later parts as if those that are left out were not there', () => {
    const before = `ha-password = x\n${'#\n'.repeat(9)}a = 1\n`;
    const after = `ha-password=x\nnew\n${'#\n'.repeat(9)}a=1\n`;
    const { body } = diff(before, after);
    assert.equal(body, '@@ -11,1 +11,1 @@\n-a = 1\n+a=1\n');
  });

  const names = [
    'qpidd.conf',
    'a b/qpidd.conf',
    'tab\there',
    'quote"d',
    'back\\slash',
    'ümlaut',
    'line\nfeed',
    '\u202e',
  ];
  for (const name of names) {
    it(`names a file such that tools find it: ${JSON.stringify(name)}`, () => {
      const { head, body } = diff('a\n', 'b\n', [], name);
      assert.match(head, /^--- [^\n\u202e]*\n\+\+\+ [^\n\u202e]*\n$/);
      for (const tool of tools) {
        // GNU patch refuses such a name, rightly.
        if (name.includes('\n') && tool[0] === 'patch') continue;
        assert.equal(apply(tool, name, 'a\n', head + body), 'b\n', tool.join(' '));
      }
    });
  }

  it('quotes what would end a name', () => {
    assert.equal(patchName('a\tb"\u00e9'), '"a\\011b\\"\\303\\251"');
  });

  const line = fc.constantFrom(
    'port=1',
    'port = 1',
    '# x',
    '',
    'ha-password=hunter2',
    'a\rb',
    '\ufeffx',
    'é',
  );
  const text = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, final]) => lines.join(end) + (final && lines.length > 0 ? end : ''));

  it('makes of the file what it is to be, with the real tools', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...tools), (before, after, tool) => {
        const { head, body, withheld } = diff(before, after);
        assert.doesNotMatch(body, /hunter2/);
        if (body === '' || withheld.length > 0) return;
        // An empty file is one that is not there, to these.
        fc.pre(before !== '' && after !== '');
        assert.equal(apply(tool, 'qpidd.conf', before, head + body), after);
      }),
      { numRuns: 150 },
    );
  });

  it('obeys no escape sequence where it is coloured', () => {
    const plain = (part: string) => part;
    const colors = { bold: plain, dim: plain, red: plain, yellow: plain, blue: plain, green: plain };
    assert.equal(
      colored('--- a\n+++ a\n@@ -1,1 +1,1 @@\n-\u001b[2J\t1\r\n+2\n', colors),
      '--- a\n+++ a\n@@ -1,1 +1,1 @@\n-\\x1b[2J\t1\n+2\n',
    );
  });
});
