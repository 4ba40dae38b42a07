import { brokerOptions, removedOptions } from '../server/qpidd-conf/catalogue';
import { parseRelease, releases } from '../server/qpidd-conf/release';
import {
  absent,
  changeKeys,
  expectKeys,
  formatVersion,
  testFileKeys,
  testKeys,
} from '../server/scenario/keys';
import { ruleAndAreaNames, ruleNames, variableNames } from '../server/scenario/known-names';
import { type JsonSchema, mappingSchema, text } from './key-schema';

const reference = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const byFile = (item: JsonSchema): JsonSchema => ({
  type: ['object', 'null'],
  propertyNames: { minLength: 1 },
  additionalProperties: item,
});
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** Numbers and booleans are taken as they are spelled. */
const value: JsonSchema = { type: ['string', 'number', 'boolean'] };

const valuesOf = (names: readonly string[]): JsonSchema => ({
  type: ['object', 'null'],
  propertyNames: { enum: names },
  additionalProperties: { anyOf: [reference('value'), listOf(reference('value'))] },
});

const optionNames = brokerOptions.map(({ name }) => name);
const settable = [...new Set([...optionNames, ...removedOptions.map(({ name }) => name)])];
const releaseNames = [...releases, ...releases.map((name) => `${name}.0`)].filter(
  (name) => parseRelease(name) !== undefined,
);

/** The format of a file of tests, from the tables by which it is read. */
export function scenarioSchema(): JsonSchema {
  return {
    title: 'Qpid HA tests',
    description:
      'What would a broker do, and qpidha lint find, if its file, environment or command line were different?',
    ...mappingSchema(testFileKeys, {
      version: { const: formatVersion },
      tests: { type: 'array', minItems: 1, items: reference('test') },
      $schema: text,
    }),
    definitions: {
      value,
      rule: { enum: ruleNames.names },
      ruleOrArea: { enum: ruleAndAreaNames.names },
      test: mappingSchema(testKeys, {
        name: text,
        files: listOf(text),
        given: byFile({ anyOf: [{ const: absent }, reference('change')] }),
        expect: reference('expect'),
      }),
      change: mappingSchema(changeKeys, {
        set: valuesOf(settable),
        unset: listOf({ enum: settable }),
        environment: {
          type: ['object', 'null'],
          propertyNames: { enum: [...new Set(variableNames.names)] },
          additionalProperties: reference('value'),
        },
        arguments: listOf(reference('value')),
        release: { anyOf: [{ enum: releaseNames }, { type: 'number' }] },
      }),
      expect: {
        ...mappingSchema(expectKeys, {
          starts: byFile({ enum: [true, false, 'yes', 'no'] }),
          effective: byFile(valuesOf(optionNames)),
          findings: byFile(listOf(reference('rule'))),
          finds: byFile({ ...listOf(reference('ruleOrArea')), minItems: 1 }),
          noFindings: listOf(reference('ruleOrArea')),
        }),
        minProperties: 1,
      },
    },
  };
}
