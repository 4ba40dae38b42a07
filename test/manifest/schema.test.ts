import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { schemaFiles } from '../../docs/make-schemas';
import { brokerKeys, manifestKeys, replicationKeys } from '../../server/manifest/keys';
import { passwordInFile } from '../../server/manifest/rules/password-in-file';
import { schema as schemaRule } from '../../server/manifest/rules/schema';
import type { Finding } from '../../server/text/finding';
import { runRule } from '../../server/text/rule';
import type { YamlKey } from '../../server/yaml/keys';
import fc from '../support/fast-check';
import { parse } from './support';

interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: Readonly<
    Record<string, { description: string; enum?: readonly string[]; default?: string }>
  >;
}

const published = JSON.parse(schemaFiles['replicas.schema.json'] ?? '') as ObjectSchema & {
  readonly definitions: Readonly<Record<'broker' | 'replication', ObjectSchema>>;
};
const accepts = new Ajv({ allowUnionTypes: true }).addKeyword('enumDescriptions').compile(published);

/** What the published schema can see: a login is wrong for it by its `@`, or by its key. */
function findings(text: string): readonly Finding[] {
  const found: Finding[] = [];
  const document = parse(text);
  runRule(schemaRule, document, found);
  runRule(passwordInFile, document, found);
  return found;
}

const text = fc.constantFrom('', 'node1', 'a b', 'running', 'if-missing', 'u:p@h', '1', 'null', 'ä"\\\n');
const scalar = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, 0, 1, 1.5, -1, [], {}, [''], ['x'], ['x', 2]),
);
/** Mostly what belongs there, sometimes something else. */
const mostly = (wanted: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 60, arbitrary: wanted }, { weight: 1, arbitrary: scalar });
const name = fc.constantFrom('node1', 'node2', 'x');
const extra = fc.constantFrom('adress', 'password', '$schema', 'version', 'x', '<<', '__proto__', 'user');

/** An object with some of `fields`, now and then without a required one, or with one too many. */
function record(
  fields: Record<string, fc.Arbitrary<unknown>>,
  required: readonly string[],
): fc.Arbitrary<unknown> {
  const arbitraries = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, mostly(value)]));
  const whole = fc.record(arbitraries, { requiredKeys: [...required] });
  const loose = fc.record(arbitraries, { requiredKeys: [] });
  const more = fc.tuple(whole, extra, scalar).map(([object, key, value]) => {
    const copy: Record<string, unknown> = { ...object };
    Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
    return copy;
  });
  return fc.oneof(
    { weight: 40, arbitrary: whole },
    { weight: 1, arbitrary: loose },
    { weight: 1, arbitrary: more },
  );
}

const broker = record(
  { address: name, config: fc.oneof(name, fc.array(name)), primaryScript: name, clusterConf: name },
  ['address'],
);
const replication = record(
  {
    queue: name,
    from: name,
    to: name,
    linkAddress: name,
    create: fc.constantFrom('if-missing', 'never'),
    state: fc.constantFrom('running', 'stopped'),
  },
  ['queue', 'from', 'to'],
);
const manifest = record(
  {
    version: fc.constant(1),
    brokers: fc.dictionary(
      fc.constantFrom('node1', 'node2', 'user', '<<x', 'a', 'b', 'c', ''),
      mostly(broker),
      {
        minKeys: 1,
      },
    ),
    replications: fc.array(mostly(replication), { maxLength: 4 }),
    $schema: name,
  },
  ['version', 'brokers'],
);

describe('the published schema', () => {
  it('accepts and refuses the same manifests as the reader', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: manifest }, { weight: 1, arbitrary: scalar }), (value) => {
        const json = JSON.stringify(value);
        const ok = accepts(JSON.parse(json));
        if (ok) accepted += 1;
        const messages = findings(json).map(({ message }) => message);
        assert.equal(
          messages.length === 0,
          ok,
          `${json}\n${messages.join('\n') || JSON.stringify(accepts.errors)}`,
        );
      }),
      { numRuns: 3000 },
    );
    assert.ok(accepted > 300, `only ${accepted} manifests were accepted: the comparison says little`);
  });

  const levels: readonly (readonly [string, readonly YamlKey[], ObjectSchema])[] = [
    ['a manifest', manifestKeys, published],
    ['a broker', brokerKeys, published.definitions.broker],
    ['a replication', replicationKeys, published.definitions.replication],
  ];
  for (const [what, keys, { properties, required }] of levels) {
    it(`knows and describes the keys of ${what} as hover does`, () => {
      assert.deepEqual(
        Object.keys(properties),
        keys.map(({ key }) => key),
      );
      assert.deepEqual(
        required,
        keys.filter((key) => key.required).map(({ key }) => key),
      );
      for (const { key, summary, choices, fallback } of keys) {
        assert.equal(properties[key]?.description, summary.replaceAll('`', ''));
        if (fallback === undefined) continue;
        assert.equal(properties[key]?.default, fallback);
        assert.deepEqual(
          properties[key]?.enum,
          choices?.map(({ value }) => value),
        );
      }
    });
  }
});
