import {
  clusterKeys,
  configKeys,
  formatVersion,
  levelChoices,
  memberKeys,
  overrideKeys,
  presetChoices,
  presetPrefix,
  ruleKeys,
} from '../server/config/keys';
import { forbidKeys, limitKeys, policyKeys, policyLevels } from '../server/config/policy/keys';
import { type Measure, measureOf } from '../server/config/policy/limits';
import { configurableRules } from '../server/lint/all-rules';
import { brokerOptions, type Option } from '../server/qpidd-conf/catalogue';
import { parseRelease, releases } from '../server/qpidd-conf/release';
import { type JsonSchema, mappingSchema, oneOrMore, plain, text, wordSchema } from './key-schema';

const reference = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const nothing: JsonSchema = { type: 'null' };

const release = { enum: [...releases, ...releases.map((name) => `${name}.0`).filter(isRelease)] };

function isRelease(name: string): boolean {
  return parseRelease(name) !== undefined;
}

const rules: JsonSchema = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: Object.fromEntries(
    configurableRules.names.map((name) => {
      const rule = configurableRules.get(name);
      const description = rule === undefined ? 'All rules of this area.' : `${rule.title}.`;
      return [name, { ...reference('setting'), description }];
    }),
  ),
};

/** No path from the root, nor out of the folder; no "!", and no backslash. */
const glob: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 500,
  pattern: '^(?!!|/|[A-Za-z]:)(?!.*\\\\)(?!(?:.*/)?\\.\\.(?:/|$)).+$',
};

const base: JsonSchema = {
  anyOf: [
    wordSchema(presetChoices),
    { type: 'string', minLength: 1, pattern: `^(?!${presetPrefix})(?![A-Za-z][A-Za-z0-9+.-]+://)` },
  ],
};

const member = mappingSchema(memberKeys, {
  file: text,
  address: { ...text, pattern: '^[^@,]*$', examples: ['node1', 'node1:5672', 'amqps://node1'] },
});

const value: JsonSchema = { type: ['string', 'number', 'boolean'] };
const remarks = { because: text, level: { enum: policyLevels } };
const values = { anyOf: oneOrMore(value, 1) };

/** What can be said of options whose values have that measure; of a list or a mapping with more to say. */
const expectations: Readonly<Record<Measure, JsonSchema>> = {
  amount: expectation(mappingSchema(limitKeys.amount, { values, min: value, max: value, ...remarks })),
  text: expectation(
    mappingSchema(limitKeys.text, { values, match: { anyOf: oneOrMore(text, 1) }, ...remarks }),
  ),
  word: expectation(mappingSchema(limitKeys.word, { values, ...remarks })),
};

function expectation(mapping: JsonSchema): JsonSchema {
  return { anyOf: [...oneOrMore(value, 1), mapping] };
}

function optionTable(options: readonly Option[]): JsonSchema {
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: Object.fromEntries(
      options.map(({ name, type, summary }) => [
        name,
        { description: plain(summary), ...reference(`expectation-${measureOf(type)}`) },
      ]),
    ),
  };
}

/** What stands for the command line only is of no use in a file. */
const settable = brokerOptions.filter(({ inFile }) => inFile === undefined);

const policyDefinitions: JsonSchema = {
  policy: {
    ...mappingSchema(policyKeys, {
      require: reference('options'),
      forbid: { type: ['array', 'null'], items: { anyOf: [reference('option'), reference('prohibition')] } },
      allow: reference('options'),
    }),
    type: ['object', 'null'],
  },
  options: optionTable(settable),
  option: { enum: brokerOptions.map(({ name }) => name) },
  prohibition: mappingSchema(forbidKeys, { option: reference('option'), ...remarks }),
  ...Object.fromEntries(
    Object.entries(expectations).map(([name, schema]) => [`expectation-${name}`, schema]),
  ),
};

/** The format of a project configuration, from the tables by which it is read, completed and explained. */
export function configSchema(): JsonSchema {
  const whole = mappingSchema(configKeys, {
    version: { const: formatVersion },
    extends: { anyOf: [nothing, ...oneOrMore(reference('base'), 0)] },
    broker: reference('release'),
    rules: reference('rules'),
    policy: reference('policy'),
    overrides: { type: ['array', 'null'], items: reference('override') },
    clusters: {
      type: ['object', 'null'],
      propertyNames: { minLength: 1 },
      additionalProperties: reference('cluster'),
    },
    ignore: { anyOf: [nothing, ...oneOrMore(reference('glob'), 0)] },
    $schema: text,
  });
  return {
    title: 'Qpid HA project configuration',
    description:
      'How qpidd.conf files and replication manifests are checked. Read by the editor and by qpidha lint alike.',
    ...whole,
    definitions: {
      base,
      release,
      level: wordSchema(levelChoices),
      rule: mappingSchema(ruleKeys, { level: reference('level'), ignorable: { type: 'boolean' } }),
      setting: { anyOf: [reference('level'), reference('rule')] },
      rules,
      ...policyDefinitions,
      glob,
      override: mappingSchema(overrideKeys, {
        files: { anyOf: oneOrMore(reference('glob'), 1) },
        broker: reference('release'),
        rules: reference('rules'),
        policy: reference('policy'),
      }),
      cluster: {
        anyOf: [reference('members'), mappingSchema(clusterKeys, { members: reference('members') })],
      },
      members: { type: 'array', minItems: 1, items: { anyOf: [text, reference('member')] } },
      member,
    },
  };
}
