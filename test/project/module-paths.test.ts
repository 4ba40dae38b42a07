import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileSystem } from '../../server/project/file-system';
import { modulePaths } from '../../server/project/module-paths';
import { parseConf } from '../../server/qpidd-conf/model';
import { documentFromText } from '../../server/text/document';

const folders: Readonly<Record<string, readonly string[]>> = {
  'file:///usr/lib64/qpid/daemon': ['amqp.so', 'ha.so', 'README'],
  'file:///opt/a%20b': ['ha.so'],
};

const files: FileSystem = {
  read: () => ({ kind: 'missing' }),
  list: (folder) => (folders[folder] ?? []).map((name) => ({ name, kind: 'file' })),
  permissions: () => undefined,
  recognise: () => undefined,
  isClosed: () => false,
};

function paths(text: string): readonly string[] {
  return modulePaths(files, parseConf(documentFromText('file:///qpidd.conf', text)));
}

test('modules are looked for where builds of the broker have them', () => {
  assert.deepEqual(paths(''), ['/usr/lib64/qpid/daemon/amqp.so', '/usr/lib64/qpid/daemon/ha.so']);
});

test('the directory that the file names comes first', () => {
  assert.deepEqual(paths('module-dir=/opt/a b/\n')[0], '/opt/a b/ha.so');
  assert.equal(paths('module-dir=/usr/lib64/qpid/daemon\n').length, 2);
  for (const text of ['module-dir=\n', 'module-dir=/\n', 'module-dir=daemon\n']) {
    assert.equal(paths(text).length, 2);
  }
});
