import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completion } from '../../server/manifest/completion';
import { hover } from '../../server/manifest/hover';
import { replicationLenses } from '../../server/manifest/lenses';
import { manifestRules } from '../../server/manifest/rules';
import { documentSymbols } from '../../server/manifest/symbols';
import { applyEdits } from '../../server/text/edit';
import type { Finding } from '../../server/text/finding';
import { runRule } from '../../server/text/rule';
import fc from '../support/fast-check';
import { manifestUri, parse } from './support';

const lines = [
  'version: 1',
  'version: "1"',
  'brokers:',
  '  node1:',
  '  node2: &n',
  '    address: node1',
  '    adress: node2:5672',
  '    address: localhost',
  '    address: u:p@h',
  '    config: [a, b]',
  '    password: x',
  'replications:',
  'replication:',
  '  - queue: q',
  '    from: node1',
  '    to: node2',
  '    to: nod2',
  '    state: runing',
  '    linkAddress: amqp://x',
  '  - {queue: q, from: node2, to: node1}',
  '  - *n',
  '    <<: *n',
  '\t',
  '---',
  '# c',
  '{',
  ']',
  '"',
  "'",
  ': ',
  '- ',
  '? ',
  '|',
  '\0',
  '\ufeff',
  '\r',
  'ä😀',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...lines), { maxLength: 14 }).map((parts) => parts.join('\n')),
  fc.array(fc.constantFrom(...lines), { maxLength: 14 }).map((parts) => parts.join('\r\n')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.json().map((json) => `{"version": 1, "brokers": ${json}, "replications": [${json}]}`),
);

function lint(source: string): readonly Finding[] {
  const findings: Finding[] = [];
  const document = parse(source);
  for (const rule of manifestRules) runRule(rule, document, findings);
  return findings;
}

describe('any text, taken as a manifest', () => {
  it('is read without a fault, and every place that is named lies in it', () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const finding of lint(source)) {
          for (const { span } of [finding, ...(finding.related ?? []), ...(finding.fix?.edits ?? [])]) {
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= source.length);
          }
        }
      }),
      { numRuns: 8000 },
    );
  });

  it('gets answers for every offset', () => {
    fc.assert(
      fc.property(text, fc.nat(200), (source, at) => {
        const document = parse(source);
        const offset = Math.min(at, source.length);
        const found = hover(document, offset);
        if (found !== undefined) assert.ok(found.span.start <= offset && offset <= found.span.end);
        for (const { edit } of completion(document, offset)) {
          assert.ok(edit.span.start <= offset && offset <= edit.span.end);
          assert.doesNotMatch(source.slice(edit.span.start, edit.span.end), /\n/);
        }
        for (const { span } of [...documentSymbols(document), ...replicationLenses(document)]) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= source.length);
        }
      }),
      { numRuns: 800 },
    );
  });

  it('loses a finding by its fix, and stays as readable as it was', () => {
    fc.assert(
      fc.property(text, (source) => {
        const before = lint(source);
        for (const finding of before) {
          if (finding.fix === undefined) continue;
          const cured = applyEdits(source, finding.fix.edits);
          const after = lint(cured);
          const count = (findings: readonly Finding[]) =>
            findings.filter(({ rule, message }) => rule === finding.rule && message === finding.message)
              .length;
          assert.ok(count(after) < count(before), `${finding.message}\n${cured}`);
          const broken = (findings: readonly Finding[]) =>
            findings.some(({ rule }) => rule === 'manifest/syntax');
          assert.ok(!broken(after) || broken(before), cured);
        }
      }),
      { numRuns: 8000 },
    );
  });

  it('never shows a password in a message or a fix', () => {
    const secret = 'hunter2';
    const place = fc.constantFrom(
      `address: user:${secret}@node1`,
      `address: user/${secret}@node1 x`,
      `address: "amqps://user:${secret}@h1,u:${secret}@h2"`,
      `adress: user:${secret}@node1`,
      `password: ${secret}`,
      `linkAddress: u:${secret}@h`,
      `from: u:${secret}@h`,
      `u:${secret}@h: x`,
      `secret: [${secret}]`,
      `queue: u:${secret}@h`,
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), fc.boolean(), (places, replication) => {
        const body = places.join('\n    ');
        const source = replication
          ? `version: 1\nbrokers:\n  a: {address: b}\nreplications:\n  - ${body}\n`
          : `version: 1\nbrokers:\n  node1:\n    ${body}\n`;
        for (const finding of lint(source)) {
          const said = [
            finding.message,
            finding.fix?.title,
            ...(finding.related ?? []).map(({ message }) => message),
          ];
          for (const { newText } of finding.fix?.edits ?? []) said.push(newText);
          assert.doesNotMatch(said.join('\n'), new RegExp(secret), source);
        }
      }),
    );
  });
});

describe('cycles', () => {
  const broker = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const edges = fc.array(fc.tuple(broker, broker), { minLength: 1, maxLength: 10 });

  function manifest(pairs: readonly (readonly [string, string])[]): string {
    const entries = pairs.map(([from, to]) => `  - {queue: q, from: ${from}, to: ${to}}\n`);
    return `version: 1\nbrokers:\n${['a', 'b', 'c', 'd', 'e'].map((name) => `  ${name}: {address: ${name}}\n`).join('')}replications:\n${entries.join('')}`;
  }

  /** Whether some broker can be reached from itself, by another way than the one that the rule takes. */
  function isCyclic(pairs: readonly (readonly [string, string])[]): boolean {
    let rest = pairs.filter(([from, to]) => from !== to);
    for (;;) {
      const sources = new Set(rest.map(([from]) => from));
      const next = rest.filter(([, to]) => sources.has(to));
      if (next.length === rest.length) return rest.length > 0;
      rest = next;
    }
  }

  it('are found exactly where there are any, and are gone when each is opened where it is reported', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const source = manifest(pairs);
        const found = lint(source).filter(({ rule }) => rule === 'manifest/replica-cycle');
        assert.equal(found.length > 0, isCyclic(pairs));
        const closing = new Set(
          found.map(({ span, uri }) => {
            assert.equal(uri, manifestUri);
            return source.slice(0, span.start).split('\n').length - 9;
          }),
        );
        assert.ok(!isCyclic(pairs.filter((_, index) => !closing.has(index))));
      }),
      { numRuns: 500 },
    );
  });
});
