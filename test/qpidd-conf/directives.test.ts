import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { directivesOf, releaseIn } from '../../server/qpidd-conf/directives';
import { compareReleases, nearestRelease, parseRelease, releases } from '../../server/qpidd-conf/release';

function read(text: string) {
  return directivesOf({ text }).map(({ verb, argument, reason, alone }) => [
    verb.text,
    argument.text,
    ...(reason === undefined ? [] : [reason.text]),
    ...(alone ? [] : ['after a setting']),
  ]);
}

describe('a comment to the linter', () => {
  for (const [text, expected] of [
    ['# qpidha: broker 1.36\n', [['broker', '1.36']]],
    ['#qpidha:broker 1.36', [['broker', '1.36']]],
    ['\t ##  QPIDHA : broker\t1.36 \t\r\nport=5672\r\n', [['broker', '1.36']]],
    ['\ufeff# qpidha: broker 1.36\n', [['broker', '1.36']]],
    ['# qpidha: disable a/b, c/d -- because of this\n', [['disable', 'a/b, c/d', 'because of this']]],
    ['# qpidha: disable -- because\n', [['disable', '', 'because']]],
    ['# qpidha: disable a --\n', [['disable', 'a', '']]],
    ['# qpidha: disable a--b\n', [['disable', 'a--b']]],
    ['port=1 # qpidha: disable-line a/b\n', [['disable-line', 'a/b', 'after a setting']]],
    ['nonsense # qpidha: disable-line a/b\n', [['disable-line', 'a/b', 'after a setting']]],
    ['log-prefix=qpidha: # qpidha: x y\n', [['x', 'y', 'after a setting']]],
    ['# qpidha:\n', [['', '']]],
    ['# see qpidha: broker 1.36\n', []],
    ['# see # qpidha: broker 1.36\n', []],
    ['# qpidha broker 1.36\n', []],
    ['# qpidha disable-next-line a/b -- because\n', [['disable-next-line', 'a/b', 'because']]],
    ['port=1 # qpidha disable-line\n', [['disable-line', '', 'after a setting']]],
    ['# Qpidha disable a/*\n', [['disable', 'a/*']]],
    ['# qpidha disable-nextline a/b\n', [['disable-nextline', 'a/b']]],
    ['# qpidha enable a/b\n', [['enable', 'a/b']]],
    ['# qpidha disable all of it\n', []],
    ['# qpidha checks and/or fixes this\n', []],
    ['# see qpidha disable-line a/b\n', []],
    ['qpidha: broker 1.36\n', []],
    ['log-prefix=qpidha: broker 1.36\n', []],
  ] as const) {
    test(`${JSON.stringify(text)} says ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(read(text), expected));
  }

  test('has spans that hold its words, whatever the text', () => {
    const piece = fc.constantFrom('# ', 'qpidha:', ' broker', ' 1.36', ' -- ', '\n', '\r', '=', 'port', '\t');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const { span, verb, argument, reason, line } of directivesOf({ text })) {
          assert.ok(line.span.start <= span.start && span.end <= line.span.end);
          for (const words of [verb, argument, reason]) {
            if (words === undefined) continue;
            assert.equal(text.slice(words.span.start, words.span.end), words.text);
            assert.ok(span.start <= words.span.start && words.span.end <= line.span.end);
          }
        }
      }),
    );
  });

  test('takes time in proportion to the text', () => {
    assert.equal(directivesOf({ text: `# qpidha: ${'qpidha: '.repeat(100_000)}\n` }).length, 1);
    assert.equal(directivesOf({ text: '# qpidha: x\n'.repeat(100_000) }).length, 100_000);
  });
});

test('the first release that a file names counts', () => {
  assert.equal(releaseIn(directivesOf({ text: '# qpidha: broker x\n# qpidha: broker 0.34\n' })), '0.34');
  assert.equal(releaseIn(directivesOf({ text: '# qpidha: broker 1.39\n# qpidha: broker 0.34\n' })), '1.39');
  assert.equal(releaseIn(directivesOf({ text: '# qpidha: brocker 1.39\n' })), undefined);
});

test('releases have an order, and a patch level that makes no difference', () => {
  assert.ok(compareReleases('0.34', '1.35') < 0 && compareReleases('0.8', '0.10') < 0);
  assert.deepEqual(releases.map(parseRelease), releases);
  assert.equal(parseRelease('1.36.0'), '1.36');
  for (const none of ['', '1', '1.3', '1.36.', 'v1.36', '1.41', '0.21', '01.36']) {
    assert.equal(parseRelease(none), undefined);
  }
});

test('a text that names no release is near to one', () => {
  for (const [text, release] of [
    ['0.21', '0.22'],
    ['2.1', '1.40'],
    ['1.41', '1.40'],
    ['v1.36-3', '1.36'],
    ['1,36', '1.36'],
    ['main', undefined],
  ] as const) {
    assert.equal(nearestRelease(text), release, text);
  }
});
