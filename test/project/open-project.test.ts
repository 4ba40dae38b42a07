import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DocumentCache } from '../../server/project/document-cache';
import { withOpenDocuments } from '../../server/project/file-system';
import { languageOf, recognise } from '../../server/project/languages';
import { openProject } from '../../server/project/open-project';
import { canonicalUri, relativePath, resolveFrom } from '../../server/project/uris';
import { documentFromText } from '../../server/text/document';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const manifest = (...configs: readonly string[]) =>
  `version: 1\nbrokers:\n${configs.map((config, index) => `  b${index}: {address: "h${index}", config: ${config}}\n`).join('')}`;

function names(uris: Iterable<string>): readonly string[] {
  return [...uris].map((uri) => uri.slice(memoryRoot.length + 1)).sort();
}

function open(files: ExampleFiles, ...entries: readonly string[]) {
  return openProject(
    memoryFiles(files),
    entries.map((name) => ({ uri: name === '' ? memoryRoot : exampleUri(name) })),
  );
}

describe('the files of a project', () => {
  const recognised: readonly (readonly [name: string, language: 'conf' | 'manifest' | undefined])[] = [
    ['qpidd.conf', 'conf'],
    ['qpidd-node1.conf', 'conf'],
    ['node1.qpidd.conf', 'conf'],
    ['replicas.qpid.yaml', 'manifest'],
    ['a.qpid.yml', 'manifest'],
    ['a.qpid.json', 'manifest'],
    ['qpidc.conf', undefined],
    ['docker-compose.yaml', undefined],
    ['cluster.conf', undefined],
    ['qpidd.conf.erb', undefined],
    ['qpidd.conf.rpmsave', undefined],
  ];
  for (const [name, language] of recognised) {
    it(`${language === undefined ? 'do not include' : 'include'} ${name}`, () => {
      assert.equal(recognise(name), language);
    });
  }

  it('are of the language of their ending where they are named explicitly', () => {
    assert.deepEqual(['x.yaml', 'x.JSON', 'x', 'broker.cfg', 'qpidd.conf'].map(languageOf), [
      'manifest',
      'manifest',
      'conf',
      'conf',
      'conf',
    ]);
  });

  it('are found in folders, other than those of other people and other programs', () => {
    const project = open(
      {
        'qpidd.conf': '',
        'a/b/c/qpidd-x.conf': '',
        'a/r.qpid.yaml': manifest('qpidd.conf'),
        'node_modules/m/qpidd.conf': '',
        '.git/qpidd.conf': '',
        '.hidden/qpidd.conf': '',
        'etc/sasl2/qpidd.conf': '',
        'a/readme.md': '',
      },
      '',
    );
    assert.deepEqual(names(project.confs.keys()), ['a/b/c/qpidd-x.conf', 'qpidd.conf']);
    assert.deepEqual(names(project.manifests.keys()), ['a/r.qpid.yaml']);
    assert.deepEqual(names(project.unread.keys()), ['a/qpidd.conf']);
    assert.equal(project.complete, true);
  });

  it('include what a manifest names, relative to itself', () => {
    const files = {
      'm/r.qpid.yaml': manifest('../x/broker.txt', 'y.conf'),
      'x/broker.txt': 'port=1\n',
      'm/y.conf': '',
    };
    const project = open(files, 'm/r.qpid.yaml');
    assert.deepEqual(names(project.confs.keys()), ['m/y.conf', 'x/broker.txt']);
    assert.deepEqual(names(project.subjects), ['m/r.qpid.yaml', 'm/y.conf', 'x/broker.txt']);
  });

  it('include, for a qpidd.conf alone, the manifests above that name it, as context', () => {
    const files = {
      'r.qpid.yaml': manifest('a/b/qpidd.conf'),
      'a/s.qpid.yaml': manifest('b/other.conf'),
      'a/t.qpid.yaml': manifest('b/qpidd.conf'),
      'a/b/qpidd.conf': '',
      'a/b/other.conf': '',
    };
    const project = open(files, 'a/b/qpidd.conf');
    assert.deepEqual(names(project.manifests.keys()), ['a/t.qpid.yaml', 'r.qpid.yaml']);
    assert.deepEqual(names(project.subjects), ['a/b/qpidd.conf']);
    assert.deepEqual(names(project.confs.keys()), ['a/b/qpidd.conf']);
  });

  it('do not include manifests above the root of the repository', () => {
    const files = { 'r.qpid.yaml': manifest('a/qpidd.conf'), 'a/qpidd.conf': '', 'a/.git/HEAD': '' };
    assert.equal(open(files, 'a/qpidd.conf').manifests.size, 0);
    assert.equal(open({ ...files, 'a/.git/HEAD': '', '.git/HEAD': '' }, 'a/qpidd.conf').manifests.size, 0);
  });

  it('do not include manifests more than five folders above', () => {
    const at = (path: string) => ({ 'r.qpid.yaml': manifest(path), [path]: '' });
    assert.equal(open(at('1/2/3/4/5/qpidd.conf'), '1/2/3/4/5/qpidd.conf').manifests.size, 1);
    assert.equal(open(at('1/2/3/4/5/6/qpidd.conf'), '1/2/3/4/5/6/qpidd.conf').manifests.size, 0);
  });

  it('are listed as unread where they cannot be read', () => {
    const project = open(
      { 'r.qpid.yaml': manifest('gone.conf', '.'), 'x/y': '' },
      'r.qpid.yaml',
      'none.conf',
    );
    assert.deepEqual(
      [...project.unread].map(([uri, { language, reason }]) => [names([uri])[0], language, reason]),
      [
        ['none.conf', 'conf', 'missing'],
        ['gone.conf', 'conf', 'missing'],
        ['', 'conf', 'folder'],
      ],
    );
  });

  it('are parsed once for each version', () => {
    const files = memoryFiles({ 'qpidd.conf': 'port=1\n', 'r.qpid.yaml': manifest('qpidd.conf') });
    const cache = new DocumentCache();
    const [first, second] = [0, 1].map(() => openProject(files, [{ uri: memoryRoot }], cache));
    const uri = exampleUri('qpidd.conf');
    assert.equal(first?.confs.get(uri), second?.confs.get(uri));
    const edited = withOpenDocuments(files, new Map([[uri, documentFromText(uri, 'port=2\n')]]));
    const third = openProject(edited, [{ uri: memoryRoot }], cache);
    assert.notEqual(third.confs.get(uri), second?.confs.get(uri));
    assert.equal(third.confs.get(uri)?.source.text, 'port=2\n');
    assert.equal(
      third.manifests.get(exampleUri('r.qpid.yaml')),
      second?.manifests.get(exampleUri('r.qpid.yaml')),
    );
  });

  it('have one identity however their URI is escaped', () => {
    assert.equal(canonicalUri('file:///a%2Bb/c%20d.conf'), canonicalUri('file:///a+b/c d.conf'));
  });
});

describe('paths in a manifest', () => {
  const cases: readonly (readonly [path: string, expected: string])[] = [
    ['qpidd.conf', 'file:///m/qpidd.conf'],
    ['./a/../b.conf', 'file:///m/b.conf'],
    ['../x.conf', 'file:///x.conf'],
    ['/etc/qpid/qpidd.conf', 'file:///etc/qpid/qpidd.conf'],
    ['//etc//qpidd.conf', 'file:///etc/qpidd.conf'],
    ['a b#c?.conf', 'file:///m/a%20b%23c%3F.conf'],
  ];
  for (const [path, expected] of cases) {
    it(`lead from /m/r.qpid.yaml by ${path} to ${expected}`, () => {
      assert.equal(resolveFrom('file:///m/r.qpid.yaml', path), expected);
    });
  }

  it('are written relative to the manifest', () => {
    assert.equal(relativePath('file:///m/r.yaml', 'file:///m/a/b.conf'), 'a/b.conf');
    assert.equal(relativePath('file:///m/n/r.yaml', 'file:///m/a/b.conf'), '../a/b.conf');
    assert.equal(relativePath('file:///m/r.yaml', 'file:///etc/b.conf'), '/etc/b.conf');
  });
});
