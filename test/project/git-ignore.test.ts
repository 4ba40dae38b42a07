import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { discover } from '../../server/project/discover';
import { nodeFileSystem } from '../../server/project/node-file-system';
import { pathBelow, uriOfPath } from '../../server/project/uris';
import { temporaryFolders } from '../support/temporary-folder';

const folderWith = temporaryFolders();

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'core.excludesFile=/dev/null', ...args]).toString();
}

/** The files that are found below a folder, or below one in it. */
function found(folder: string, below = '', gitIgnore = true): readonly string[] {
  const root = uriOfPath(folder);
  const start = below === '' ? root : uriOfPath(`${folder}/${below}`);
  const { found: files } = discover(nodeFileSystem, start, { gitIgnore });
  return files.map(({ uri }) => pathBelow(root, uri) ?? uri).sort();
}

const folders = ['', 'a/', 'b/', 'a/b/', 'a/b/c/', 'b/a/', 'x y/', 'a/[x]/'];
const names = ['qpidd.conf', 'qpidd-1.conf', 'qpidd-a.conf'];

const patterns = [
  ...['a', 'a/', '/a', '!a', '!a/', 'b/', '!b', '*', '!*/', '*.conf', '!*.conf', 'qpidd.conf', '!qpidd.conf'],
  ...['/b/a', 'a/b', '!a/b', '**/c', 'a/**', '!a/**', 'c/*', '\\!x', '# c', 'x y', 'x\\ y/', '[ab]', '!/a/'],
  ...[
    '?',
    '/*',
    '!/b',
    'qpidd-?.conf',
    '!qpidd-1.conf',
    '\\[x\\]',
    '!\\[x\\]/',
    'a/*/c',
    '**',
    ' ',
    'b/**/c',
  ],
];

const rules = fc.array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 4 });
const ignoreFiles = fc.dictionary(fc.constantFrom(...folders), rules, { maxKeys: 4 });

describe('what git ignores', () => {
  it('is what git itself would not show, whatever the rules are', () => {
    const all = Object.fromEntries(folders.flatMap((folder) => names.map((name) => [folder + name, ''])));
    fc.assert(
      fc.property(ignoreFiles, fc.option(rules, { nil: [] }), (nested, excluded) => {
        const own = Object.entries(nested).map(([folder, lines]) => [
          `${folder}.gitignore`,
          lines.join('\n'),
        ]);
        const folder = folderWith({ ...all, ...Object.fromEntries(own) });
        git(folder, 'init', '-q');
        execFileSync('tee', [`${folder}/.git/info/exclude`], { input: excluded.join('\n'), stdio: 'pipe' });
        const shown = git(folder, 'ls-files', '-o', '--exclude-standard', '-z').split('\0');
        assert.deepEqual(found(folder), shown.filter((name) => name.endsWith('.conf')).sort());
      }),
      { numRuns: 40 },
    );
  });

  const files = {
    '.gitignore': 'build/\n*-local.conf\n',
    'qpidd.conf': '',
    'qpidd-local.conf': '',
    'build/qpidd.conf': '',
    'build/deep/qpidd.conf': '',
    'build/deep/.gitignore': 'qpidd-x.conf\n',
    'build/deep/qpidd-x.conf': '',
    'sub/qpidd-local.conf': '',
    'sub/qpidd.conf': '',
  };

  it('is found outside of a work tree, and where that is asked for', () => {
    const folder = folderWith(files);
    const all = Object.keys(files)
      .filter((name) => name.endsWith('.conf'))
      .sort();
    assert.deepEqual(found(folder), all);
    git(folder, 'init', '-q');
    assert.deepEqual(found(folder), ['qpidd.conf', 'sub/qpidd.conf']);
    assert.deepEqual(found(folder, '', false), all);
  });

  it('is told by the rules above a folder, too, unless these ignore the folder itself', () => {
    const folder = folderWith(files);
    git(folder, 'init', '-q');
    assert.deepEqual(found(folder, 'sub'), ['sub/qpidd.conf']);
    assert.deepEqual(found(folder, 'build'), ['build/deep/qpidd.conf', 'build/qpidd.conf']);
    assert.deepEqual(found(folder, 'build/deep'), ['build/deep/qpidd.conf']);
  });

  it('is told by each work tree for itself, and by the shared rules of several work trees', () => {
    const folder = folderWith({ 'outer/.gitignore': '*-local.conf\n', 'outer/inner/qpidd-local.conf': '' });
    git(`${folder}/outer`, 'init', '-q');
    assert.deepEqual(found(`${folder}/outer`), []);
    git(`${folder}/outer/inner`, 'init', '-q');
    assert.deepEqual(found(`${folder}/outer`), ['inner/qpidd-local.conf']);
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org'];
    git(`${folder}/outer/inner`, ...identity, 'commit', '-q', '--allow-empty', '-m', 'x');
    git(`${folder}/outer/inner`, 'worktree', 'add', '-q', `${folder}/further`);
    execFileSync('touch', [`${folder}/further/qpidd.conf`, `${folder}/further/qpidd-a.conf`]);
    execFileSync('tee', [`${folder}/outer/inner/.git/info/exclude`], {
      input: 'qpidd-a.conf\n',
      stdio: 'pipe',
    });
    assert.deepEqual(found(`${folder}/further`), ['qpidd.conf']);
  });
});
