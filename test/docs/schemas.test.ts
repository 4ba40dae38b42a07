import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { schemaFiles, schemaFolder } from '../../docs/make-schemas';
import { contributes } from '../../package.json';

describe('the published schemas', () => {
  for (const [name, content] of Object.entries(schemaFiles)) {
    it(`of ${name} is the one that the reader's tables make`, () => {
      assert.equal(readFileSync(join(schemaFolder, name), 'utf8'), content, 'run "npm run docs"');
    });

    it(`of ${name} is a schema`, () => {
      assert.equal(new Ajv().validateSchema(JSON.parse(content)), true);
    });
  }

  it('are where the extension says', () => {
    const root = join(import.meta.dirname, '../..');
    const { jsonValidation, yamlValidation } = contributes;
    for (const { url } of [...jsonValidation, ...yamlValidation]) assert.ok(existsSync(join(root, url)), url);
  });
});
