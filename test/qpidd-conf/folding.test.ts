import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foldingRanges } from '../../server/qpidd-conf/folding';
import { selectionRanges } from '../../server/qpidd-conf/selection';
import fc from '../support/fast-check';
import { anyConf } from './arbitrary';
import { conf } from './support';

/** `kind first-last` of every fold, in lines from 0. */
function folds(text: string): string[] {
  const { source } = conf(text);
  return foldingRanges(conf(text)).map(({ kind, span }) => {
    const { start, end } = {
      start: source.lines.positionAt(span.start),
      end: source.lines.positionAt(span.end),
    };
    return `${kind} ${start.line}-${end.line}`;
  });
}

describe('folding', () => {
  const cases: readonly (readonly [title: string, text: string, folds: readonly string[]])[] = [
    ['a long comment', '# 1\n# 2\n# 3\n# 4\nport=1\n', ['comment 0-3']],
    ['a comment that heads nothing', '# 1\n# 2\n\nport=1\n', ['comment 0-1']],
    ['a paragraph under its heading', '# HA\nha-cluster=yes\nauth=no\n\nport=1\n', ['section 0-2']],
    ['a heading of three lines', '#---\n# HA\n#---\nha-cluster=yes', ['section 0-3']],
    ['a comment inside a paragraph', '# a\nport=1\n# 1\n# 2\nauth=no\n', ['section 0-4', 'comment 2-3']],
    ['two paragraphs with CRLF', '# a\r\nport=1\r\n\r\n# b\r\nauth=no\r\n', ['section 0-1', 'section 3-4']],
    ['lines that the broker refuses', '# a\n port = 1\nnonsense\n', ['section 0-2']],
    ['nothing where there is no comment', 'port=1\nauth=no\n', []],
    ['nothing in a line of comment', 'port=1\n\n# a\n\nauth=no\n', []],
    ['nothing in a binary file', '# a\n\0\0\0\x01=1\n', []],
  ];
  for (const [title, text, expected] of cases) {
    test(title, () => assert.deepEqual(folds(text), expected));
  }
});

describe('a selection grows', () => {
  const cases: readonly (readonly [marked: string, ...spans: string[]])[] = [
    ['ha-brokers-url=h1,h|2,h3', 'h2', 'h1,h2,h3', 'ha-brokers-url=h1,h2,h3'],
    ['po|rt=5672 # c\r\nauth=no', 'port', 'port=5672', 'port=5672 # c', 'port=5672 # c\r\nauth=no'],
    ['port=1 # a co|mment', '# a comment', 'port=1 # a comment'],
    ['auth=|', 'auth='],
    ['# o|ne\n# two\n\nport=1', '# one', '# one\n# two', '# one\n# two\n\nport=1'],
    ['none|nse', 'nonense'],
    ['port=1\n|\nauth=no', 'port=1\n\nauth=no'],
    ['|', ''],
  ];
  for (const [marked, ...expected] of cases) {
    test(JSON.stringify(marked), () => {
      const text = marked.replace('|', '');
      const [spans = []] = selectionRanges(conf(text), [marked.indexOf('|')]);
      assert.deepEqual(
        spans.map(({ start, end }) => text.slice(start, end)),
        expected,
      );
    });
  }
});

test('folds nest, and selections hold their offset and grow', () => {
  fc.assert(
    fc.property(anyConf, fc.nat(), (text, number) => {
      const document = conf(text);
      const open: number[] = [];
      for (const { span } of foldingRanges(document)) {
        assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
        while (open.length > 0 && (open.at(-1) ?? 0) < span.start) open.pop();
        assert.ok(open.every((end) => span.end <= end));
        open.push(span.end);
      }
      const offset = number % (text.length + 1);
      const [spans = []] = selectionRanges(document, [offset]);
      assert.ok(spans.length > 0);
      for (const [index, { start, end }] of spans.entries()) {
        const inner = spans[index - 1];
        assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
        if (inner)
          assert.ok(start <= inner.start && inner.end <= end && end - start > inner.end - inner.start);
      }
    }),
    { numRuns: 1000 },
  );
});
