import { brokerKeys, formatVersion, manifestKeys, replicationKeys } from '../server/manifest/keys';
import type { YamlKey } from '../server/yaml/keys';
import { type JsonSchema, mappingSchema, oneOrMore, text, wordSchema } from './key-schema';

const reference = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/** An address in which no login stands. */
const address = (...examples: readonly string[]): JsonSchema => ({ ...text, pattern: '^[^@]*$', examples });

const wordOf = (wanted: string): JsonSchema => {
  const keys: readonly YamlKey[] = replicationKeys;
  return wordSchema(keys.find(({ key }) => key === wanted)?.choices ?? []);
};

/** The format of a manifest, from the tables by which it is read, completed and explained. */
export function replicasSchema(): JsonSchema {
  const whole = mappingSchema(manifestKeys, {
    version: { const: formatVersion },
    brokers: {
      type: 'object',
      minProperties: 1,
      propertyNames: { minLength: 1 },
      additionalProperties: reference('broker'),
    },
    replications: { type: ['array', 'null'], items: reference('replication') },
    $schema: { type: 'string' },
  });
  return {
    title: 'Qpid HA replication manifest',
    description:
      'Brokers, and the queues that are replicated between them. A manifest never holds a user name or a password.',
    ...whole,
    definitions: {
      broker: mappingSchema(brokerKeys, {
        address: address('node1', 'node1:5672', 'amqps://node1', 'east1,east2,east3'),
        config: { anyOf: oneOrMore(text, 1) },
        primaryScript: text,
        clusterConf: text,
      }),
      replication: mappingSchema(replicationKeys, {
        queue: text,
        from: text,
        to: text,
        linkAddress: address('10.0.0.1', '10.0.0.1:5672,10.0.0.2:5672', 'ssl:10.0.0.1:5671'),
        create: wordOf('create'),
        state: wordOf('state'),
      }),
    },
  };
}
