import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completion } from '../../server/config/completion';
import { hover } from '../../server/config/hover';
import { documentSymbols } from '../../server/config/symbols';
import { configurableRules } from '../../server/lint/all-rules';
import { rulePageUrl } from '../../server/lint/rule-page-url';
import fc from '../support/fast-check';
import { config } from './support';

/** The text with its cursor `|` taken out, and where that was. */
function cursor(marked: string): { readonly text: string; readonly offset: number } {
  return { text: marked.replace('|', ''), offset: marked.indexOf('|') };
}

function proposed(marked: string): readonly string[] {
  const { text, offset } = cursor(marked);
  return completion(config(text), offset, configurableRules).map(({ label }) => label);
}

function hovered(marked: string): string | undefined {
  const { text, offset } = cursor(marked);
  return hover(config(text), offset, configurableRules, rulePageUrl)?.markdown;
}

describe('completion in a project configuration', () => {
  it('proposes the keys that are not there yet', () => {
    assert.deepEqual(proposed('version: 1\n|'), [
      'extends',
      'broker',
      'rules',
      'policy',
      'overrides',
      'clusters',
      'ignore',
      '$schema',
    ]);
    assert.deepEqual(proposed('version: 1\noverrides:\n  - files: a\n    |'), ['broker', 'rules', 'policy']);
    assert.deepEqual(proposed('version: 1\nclusters:\n  east:\n    m|'), ['members']);
    assert.deepEqual(proposed('version: 1\nclusters:\n  east:\n    members:\n      - file: a\n        |'), [
      'address',
    ]);
  });

  it('proposes rules and areas', () => {
    const rules = proposed('version: 1\nrules:\n  ha/both-modes: off\n  |');
    assert.ok(rules.includes('ha/single-address') && rules.includes('security/*'));
    assert.ok(!rules.includes('ha/both-modes') && !rules.includes('config/schema'));
    assert.deepEqual(proposed('version: 1\noverrides:\n  - files: a\n    rules:\n      |').length > 50, true);
  });

  it('proposes levels and releases', () => {
    assert.deepEqual(proposed('version: 1\nrules:\n  ha/both-modes: |'), ['off', 'info', 'warning', 'error']);
    assert.deepEqual(proposed('version: 1\nbroker: |').slice(0, 2), ['"1.40"', '"1.39"']);
  });

  it('proposes what to build on', () => {
    const bases = (marked: string) => {
      const { text, offset } = cursor(marked);
      const configs = () => ['../qpidha.config.yaml', 'p/strict.qpidha.config.yaml'];
      return completion(config(text), offset, configurableRules, { configs }).map(({ label }) => label);
    };
    const all = ['qpidha:strict', '../qpidha.config.yaml', 'p/strict.qpidha.config.yaml'];
    assert.deepEqual(bases('version: 1\nextends: |'), all);
    assert.deepEqual(bases('version: 1\nextends: [|]'), all);
    assert.deepEqual(bases('version: 1\nextends:\n  - ../qpidha.config.yaml\n  - |'), [
      'qpidha:strict',
      'p/strict.qpidha.config.yaml',
    ]);
    assert.deepEqual(bases('version: 1\nignore: [|]'), []);
  });

  it('writes no quotes in quotes', () => {
    const { text, offset } = cursor('version: 1\nbroker: "|"\n');
    const [first] = completion(config(text), offset, configurableRules);
    assert.equal(first?.edit.newText, '1.40');
  });
});

describe('hover in a project configuration', () => {
  it('explains keys, rules, areas and levels', () => {
    assert.match(hovered('ver|sion: 1\n') ?? '', /Version of this format/);
    assert.match(
      hovered('version: 1\nrules:\n  ha/both-|modes: off\n') ?? '',
      /\*\*ha\/both-modes\*\* \(info[\s\S]*both-modes\.md/,
    );
    assert.match(hovered('version: 1\nrules:\n  ha/|*: off\n') ?? '', /all \d+ rules of this area/);
    assert.match(hovered('version: 1\nrules:\n  ha/both-modes: o|ff\n') ?? '', /not applied/);
    assert.equal(hovered('version: 1\nrules:\n  no/such-|rule: off\n'), undefined);
  });
});

it('the outline of a project configuration lists its clusters', () => {
  const symbols = documentSymbols(config('version: 1\nclusters:\n  east: [a]\n  west: [b]\n'));
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
    [
      ['version', []],
      ['clusters', ['east', 'west']],
    ],
  );
});

it('every place of any text gets an answer', () => {
  const piece = fc.constantFrom(
    'version: 1\n',
    'rules:\n',
    '  ha/both-modes: off\n',
    'clusters:\n',
    '  east: [a]\n',
    '  - ',
    'a',
    ': ',
    '{',
    '}',
    '"',
    '&x ',
    '*x',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
      const document = config(pieces.join(''));
      const { length } = document.source.text;
      documentSymbols(document);
      for (let offset = 0; offset <= length; offset += 3) {
        const found = hover(document, offset, configurableRules, rulePageUrl);
        assert.ok(found === undefined || (found.span.start <= offset && offset <= found.span.end));
        for (const { edit } of completion(document, offset, configurableRules)) {
          assert.ok(edit.span.start <= offset && offset <= edit.span.end);
        }
      }
    }),
    { numRuns: 100 },
  );
});
