import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { schemaFiles } from '../../docs/make-schemas';
import { clusterKeys, configKeys, levels, memberKeys, overrideKeys } from '../../server/config/keys';
import { forbidKeys, limitKeys, policyKeys } from '../../server/config/policy/keys';
import { configRules } from '../../server/config/rules';
import { configurableRules } from '../../server/lint/all-rules';
import { releases } from '../../server/qpidd-conf/release';
import type { Finding } from '../../server/text/finding';
import { runRule } from '../../server/text/rule';
import type { YamlKey } from '../../server/yaml/keys';
import fc from '../support/fast-check';
import { config } from './support';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly description?: string; readonly default?: string }>>;
  readonly required?: readonly string[];
}

const published = JSON.parse(schemaFiles['qpidha.config.schema.json'] ?? '');
const accepts = new Ajv({ allowUnionTypes: true }).addKeyword('enumDescriptions').compile(published);

/** What is wrong with the file as far as a schema can see it. */
function faults(text: string): readonly string[] {
  const found: Finding[] = [];
  for (const rule of configRules(configurableRules)) runRule(rule, config(text), found);
  return found.map(({ message }) => message);
}

const scalar = fc.constantFrom<unknown>(null, true, 1, 5, '', 'a', '1.36', '1.36.0', '0.21', 'off', [], {});

/** Mostly what it should be. */
function mostly(arbitrary: fc.Arbitrary<unknown>, otherwise = scalar): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 80, arbitrary }, { weight: 1, arbitrary: otherwise });
}

function record(
  shape: Record<string, fc.Arbitrary<unknown>>,
  required: readonly string[],
  otherwise = scalar,
): fc.Arbitrary<unknown> {
  const whole = Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [key, mostly(value, otherwise)]),
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.record(whole, { requiredKeys: [...required] }) },
    { weight: 1, arbitrary: fc.record({ ...whole, other: scalar }) },
  );
}

const list = (of: fc.Arbitrary<unknown>) => fc.array(mostly(of), { maxLength: 2 });
const goodGlob = fc.constantFrom(
  'a',
  'a/**',
  '*.conf',
  './a',
  'b/',
  'c/*',
  '{a,b}',
  'x?',
  'p/q',
  'r/**/s',
  'a..b',
  '**',
);
const badGlob = fc.constantFrom('/a', '../a', 'a/../b', '!a', 'a\\b', 'C:a');
const glob = fc.oneof({ weight: 20, arbitrary: goodGlob }, { weight: 1, arbitrary: badGlob });
const release = fc.constantFrom(...releases, '1.39.0');
const rules = fc.dictionary(
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom('ha/both-modes', 'conf/*', 'suppression/unused') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x', 'ha/no-such', 'config/*', 'config/schema', 'manifest/syntax', ''),
    },
  ),
  mostly(fc.constantFrom(...levels)),
  { maxKeys: 2 },
);
const goodBase = fc.constantFrom(
  'a',
  './b.yaml',
  '../c.yml',
  '/d',
  'qpidha:strict',
  'node_modules/@e/f.yaml',
  'C:/g',
);
const badBase = fc.constantFrom('qpidha:', 'qpidha:loose', 'https://example.org/a', 'file:///a', 'a b://c');
const base = fc.oneof({ weight: 20, arbitrary: goodBase }, { weight: 1, arbitrary: badBase });
const member = fc.oneof(
  fc.constantFrom('a.conf', 'b/c.conf'),
  record(
    {
      file: fc.constantFrom('a.conf'),
      address: fc.constantFrom('a', 'a:1', 'b', 'c', 'd:5672', 'e', 'f', 'a,b', 'u@a', 'amqps://a'),
    },
    ['file'],
  ),
);
const cluster = fc.oneof(list(member), record({ members: list(member) }, ['members']));
/** What is no value of any option: which of the others the broker takes, a schema cannot see. */
const noValue = fc.constantFrom<unknown>(null, [], {});
const values = (...all: readonly unknown[]) => fc.array(fc.constantFrom(...all), { maxLength: 2 });
const remarks = { because: fc.constantFrom('so it is'), level: fc.constantFrom('info', 'error', 'off') };
const expectations = record(
  {
    auth: fc.oneof(fc.constantFrom('any', 'yes', true, 0), values('no', false)),
    'max-connections': fc.oneof(
      fc.constantFrom('any', 500, '7'),
      record({ values: values(50, '60'), ...remarks }, ['values'], noValue),
      record({ min: fc.constantFrom(1, '2'), max: fc.constantFrom(300, '400'), ...remarks }, [], noValue),
    ),
    realm: fc.oneof(
      fc.constantFrom('any', 'QPID'),
      record({ match: fc.oneof(fc.constantFrom('Q*'), values('a?', '*')), ...remarks }, [], noValue),
    ),
  },
  [],
  noValue,
);
const policy = record(
  {
    require: expectations,
    // Twice the same is more than a schema can see.
    forbid: fc.tuple(
      mostly(fc.constantFrom('trace', 'no-data-dir')),
      record({ option: fc.constantFrom('tcp-nodelay', 'worker-threads'), ...remarks }, ['option']),
    ),
  },
  [],
);
const configuration = record(
  {
    version: fc.constant(1),
    extends: fc.oneof(base, list(base)),
    broker: release,
    rules,
    policy,
    overrides: list(record({ files: fc.oneof(glob, list(glob)), broker: release, rules, policy }, ['files'])),
    clusters: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', ''), mostly(cluster), {
      maxKeys: 2,
    }),
    ignore: fc.oneof(glob, list(glob)),
    $schema: fc.constant('x'),
  },
  ['version'],
);

describe('the published schema', () => {
  it('accepts and refuses the same configurations as the reader', () => {
    let accepted = 0;
    fc.assert(
      fc.property(configuration, (value) => {
        const json = JSON.stringify(value);
        const ok = accepts(JSON.parse(json));
        if (ok) accepted += 1;
        const messages = faults(json);
        assert.equal(
          messages.length === 0,
          ok,
          `${json}\n${messages.join('\n') || JSON.stringify(accepts.errors)}`,
        );
      }),
      { numRuns: 2000 },
    );
    assert.ok(accepted > 200, `only ${accepted} were accepted: the comparison says little`);
  });

  const tables: readonly (readonly [string, readonly YamlKey[], ObjectSchema])[] = [
    ['a configuration', configKeys, published],
    ['an override', overrideKeys, published.definitions.override],
    ['a cluster', clusterKeys, published.definitions.cluster.anyOf[1]],
    ['a member', memberKeys, published.definitions.member],
    ['a policy', policyKeys, published.definitions.policy],
    ['an entry of "forbid"', forbidKeys, published.definitions.prohibition],
    ['what an amount has to be', limitKeys.amount, published.definitions['expectation-amount'].anyOf[2]],
  ];
  for (const [what, keys, { properties, required }] of tables) {
    it(`knows and describes the keys of ${what} as hover does`, () => {
      assert.deepEqual(
        Object.keys(properties),
        keys.map(({ key }) => key),
      );
      assert.deepEqual(
        required ?? [],
        keys.filter((key) => key.required).map(({ key }) => key),
      );
      for (const { key, summary, fallback } of keys) {
        assert.equal(properties[key]?.description, summary.replaceAll('`', ''));
        assert.equal(properties[key]?.default, fallback);
      }
    });
  }
});
