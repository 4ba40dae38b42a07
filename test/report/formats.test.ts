import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatNames, formatOf, isFormatName } from '../../server/report/formats';
import { context, reportOf } from '../support/reports';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/formats.md'), 'utf8');

describe('the table of formats', () => {
  it('is that of the page about formats', () => {
    const documented = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(documented, formatNames);
  });

  it('has every format that a page or a template asks for', () => {
    const places = [
      'docs/formats.md',
      'docs/ci.md',
      '.ci/github-action',
      '.ci/gitlab.yml',
      '.pre-commit-hooks.yaml',
    ];
    const asked = places.flatMap((path) => [
      ...readFileSync(join(root, path), 'utf8').matchAll(/--format[ =]"?([a-z]+)/g),
    ]);
    assert.ok(asked.length > 5);
    assert.deepEqual(
      asked.map(([, name = '']) => name).filter((name) => !isFormatName(name)),
      [],
    );
  });

  it('knows no names that all objects know', () => {
    for (const name of ['toString', '__proto__', 'constructor', '']) assert.equal(isFormatName(name), false);
  });

  for (const name of formatNames) {
    it(`ends the last line of ${name}, and says the same twice`, async () => {
      const print = await formatOf(name).load();
      const text = print(reportOf('a=1\n', {}), context);
      assert.match(text, /[^\n]\n$/);
      assert.equal(print(reportOf('a=1\n', {}), context), text);
    });
  }
});
