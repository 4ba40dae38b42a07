/** Writes the JSON schemas of the files that users write, from the tables by which they are read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package.json';
import { configSchema } from './config-schema';
import type { JsonSchema } from './key-schema';
import { replicasSchema } from './replicas-schema';
import { scenarioSchema } from './scenario-schema';

const address = repository.url.replace('github.com', 'raw.githubusercontent.com').replace(/\.git$/, '');

export const schemaFolder = join(import.meta.dirname, 'schemas');

/** The text of each schema, by the name of its file. */
export const schemaFiles: Readonly<Record<string, string>> = {
  'qpidha.config.schema.json': published('qpidha.config.schema.json', configSchema()),
  'replicas.schema.json': published('replicas.schema.json', replicasSchema()),
  'qpid-test.schema.json': published('qpid-test.schema.json', scenarioSchema()),
};

function published(name: string, schema: JsonSchema): string {
  const head = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `${address}/main/docs/schemas/${name}`,
  };
  return `${JSON.stringify({ ...head, ...schema }, undefined, 2)}\n`;
}

export function writeSchemas(): void {
  mkdirSync(schemaFolder, { recursive: true });
  for (const [name, content] of Object.entries(schemaFiles)) writeFileSync(join(schemaFolder, name), content);
}
