import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { code } from '../../server/manifest/describe';
import { hover } from '../../server/manifest/hover';
import { replicationLenses } from '../../server/manifest/lenses';
import { documentSymbols } from '../../server/manifest/symbols';
import type { DocumentSymbol } from '../../server/text/features';
import { atCursor, parse } from './support';

const text = `version: 1
brokers:
  node1:
    address: "admin:pw@node1:5672"
    config: node1/qpidd.conf
  east:
    address: east1,east2
replications:
  - queue: myqueue
    from: node1
    to: east
    state: stopped
  - queue: lost
    from: node1
`;

describe('hover in a manifest', () => {
  const cases: readonly (readonly [name: string, before: string, expected: RegExp])[] = [
    ['explains a key of the manifest', 'broker', /The brokers that take part/],
    ['explains a key of a broker', '    addre', /never|Never a user name/],
    ['explains a key of a replication', '    fr', /^\*\*from\*\*: the name of a broker, required/],
    ['shows the broker behind a name', '    to: ea', /Cluster of 2.*`east` at `east1,east2`/],
    ['lists the replications of a broker', '  nod', /`myqueue`: `node1` → `east` \(stopped\)/],
    ['lists the replications of a queue', 'queue: my', /\*\*Queue\*\* `myqueue`/],
    ['explains the word of a choice', 'state: sto', /kept for later/],
  ];
  for (const [name, before, expected] of cases) {
    it(name, () => {
      const { document, offset } = atCursor(text.replace(before, `${before}|`));
      const found = hover(document, offset);
      assert.ok(found);
      assert.match(found.markdown, expected);
      assert.doesNotMatch(found.markdown, /pw/);
      assert.ok(found.span.start <= offset && offset <= found.span.end);
    });
  }

  it('says nothing about a blank line', () => {
    assert.equal(hover(parse('version: 1\n\n\nbrokers: {}\n'), 11), undefined);
  });

  it('keeps text of the file inside its code span', () => {
    assert.equal(code('a`b``c'), '``` a`b``c ```');
    assert.equal(code('a\n\n# title'), '`a # title`');
  });
});

describe('the outline of a manifest', () => {
  it('has brokers and replications', () => {
    const outline = documentSymbols(parse(text)).map(({ name, children }) => [
      name,
      children?.map((child) => [child.name, child.detail]),
    ]);
    assert.deepEqual(outline, [
      [
        'brokers',
        [
          ['node1', 'node1:5672'],
          ['east', 'east1,east2'],
        ],
      ],
      [
        'replications',
        [
          ['myqueue', 'node1 → east'],
          ['lost', 'node1 → ?'],
        ],
      ],
    ]);
  });

  it('keeps each name inside its entry, and each entry inside its section, also behind aliases', () => {
    const aliased =
      'replications:\n  - &r {queue: q, from: a, to: b}\n  - *r\n  - {<<: *r, to: c}\nbrokers: {a: &b {address: a}, b: *b}\n';
    const check = (symbols: readonly DocumentSymbol[], start: number, end: number) => {
      for (const { span, selectionSpan, children } of symbols) {
        assert.ok(start <= span.start && span.end <= end);
        assert.ok(span.start <= selectionSpan.start && selectionSpan.end <= span.end);
        check(children ?? [], span.start, span.end);
      }
    };
    check(documentSymbols(parse(aliased)), 0, aliased.length);
    check(documentSymbols(parse(text)), 0, text.length);
  });
});

describe('the lenses of a manifest', () => {
  it('stand at the replications that could be started', () => {
    const lenses = replicationLenses(parse(text)).map(({ span, ...lens }) => ({
      ...lens,
      at: text.slice(span.start, span.start + 14),
    }));
    assert.deepEqual(lenses, [{ queue: 'myqueue', from: 'node1', to: 'east', at: 'queue: myqueue' }]);
  });
});
