import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { recognise } from '../../server/project/languages';
import { qpidha } from '../support/command-line';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files?: string;
  readonly pass_filenames?: boolean;
}

const root = join(import.meta.dirname, '../..');
const hooks: readonly Hook[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));

describe('the hooks for pre-commit', () => {
  for (const { id, files } of hooks.filter((hook) => hook.files !== undefined)) {
    test(`${id} gets the files that are recognised by their names, and no others`, () => {
      const pattern = new RegExp(files ?? '');
      const names = [
        'qpidd.conf',
        'qpidd-node1.conf',
        'node1.qpidd.conf',
        'replicas.qpid.yaml',
        'replicas.qpid.yml',
        'replicas.qpid.json',
        'qpidha.config.yaml',
        'qpidha.config.yml',
        'qpidha.config.json',
        'xqpidd.conf',
        'qpidd.conf.j2',
        'qpid.yaml',
        'replicas.yaml',
        'my.qpidha.config.yaml',
        'nginx.conf',
      ];
      for (const name of names) {
        for (const path of [name, `east/${name}`]) {
          assert.equal(pattern.test(path), recognise(name) !== undefined, path);
        }
      }
    });
  }

  for (const { id, entry } of hooks) {
    test(`${id} is a command line that qpidha takes`, async () => {
      const [command, ...words] = entry.split(' ');
      assert.equal(command, 'qpidha');
      const { code, err } = await qpidha([...words, 'no-such-file.qpidd.conf']);
      assert.deepEqual([code, err.includes('no-such-file.qpidd.conf')], [2, true], err);
    });
  }

  test('npm says nothing but the name of what it packs, which pre-commit installs', () => {
    assert.match(readFileSync(join(root, '.npmrc'), 'utf8'), /^foreground-scripts=false$/m);
  });
});
