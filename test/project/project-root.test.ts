import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { isTooWide, projectRoot } from '../../server/project/project-root';
import { uriOfPath } from '../../server/project/uris';
import { memoryFiles, memoryRoot } from '../support/memory-files';

const config = 'qpidha.config.yaml';

describe('the files that are seen together', () => {
  const cases: readonly (readonly [what: string, files: readonly string[], from: string, root: string])[] = [
    ['are those of the folder, where nothing else is known', ['a/b/x'], 'a/b', 'a/b'],
    ['are those of the work tree', ['a/.git/HEAD', 'a/b/c/x'], 'a/b/c', 'a'],
    ['are those below a configuration', [`a/${config}`, 'a/b/c/x'], 'a/b/c', 'a'],
    ['are those below the outermost one', [`a/${config}`, `a/b/${config}`], 'a/b', 'a'],
    [
      'are those below the outermost one of a work tree',
      [config, 'a/.git/HEAD', `a/b/${config}`],
      'a/b',
      'a/b',
    ],
    ['are not widened by what others build on', ['a/strict.qpidha.config.yaml', 'a/b/x'], 'a/b', 'a/b'],
  ];
  for (const [what, names, from, root] of cases)
    it(what, () => {
      const files = memoryFiles(Object.fromEntries(names.map((name) => [name, ''])));
      assert.equal(projectRoot(files, `${memoryRoot}/${from}`), `${memoryRoot}/${root}`);
    });

  it('are never all those of a home folder, or of a machine', () => {
    for (const path of ['/', '/etc', '/tmp', '/home', homedir(), dirname(homedir())]) {
      assert.equal(isTooWide(uriOfPath(path)), true, path);
      assert.equal(projectRoot(memoryFiles({}), uriOfPath(path)), undefined, path);
    }
    for (const path of ['/etc/qpid', '/srv/x', '/src', `${homedir()}/x`])
      assert.equal(isTooWide(uriOfPath(path)), false, path);
  });

  it('are those of the folder, where the work tree is a whole home folder', () => {
    const home = uriOfPath(homedir());
    const files = {
      list: (uri: string) => (uri === home ? [{ name: '.git', kind: 'folder' as const }] : []),
    };
    assert.equal(projectRoot(files, `${home}/a/b`), `${home}/a/b`);
  });
});
