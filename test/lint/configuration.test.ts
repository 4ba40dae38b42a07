import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixProject } from '../../server/lint/fix';
import { lintProject } from '../../server/lint/lint-project';
import { lintReport } from '../../server/lint/lint-report';
import type { FileSystem } from '../../server/project/file-system';
import { openProject, type ProjectEntry } from '../../server/project/open-project';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const member = (more = '') =>
  `ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\nauth=no\n${more}`;

const three = 'version: 1\nclusters:\n  east: [n1/qpidd.conf, n2/qpidd.conf, n3/qpidd.conf]\n';

/** Three members of which the second replicates something else. */
const disagreeing = {
  'qpidha.config.yaml': three,
  'n1/qpidd.conf': member(),
  'n2/qpidd.conf': member().replace('replicate=all', 'replicate=none'),
  'n3/qpidd.conf': member(),
};

function entriesOf(names: readonly string[]): readonly ProjectEntry[] {
  return names.map((name) => ({ uri: name === '' ? memoryRoot : exampleUri(name) }));
}

function found(files: ExampleFiles, ...names: readonly string[]): readonly string[] {
  const project = openProject(memoryFiles(files), entriesOf(names.length === 0 ? [''] : names));
  return lintProject(project).map(
    ({ severity, rule, uri }) => `${severity} ${rule} ${uri.slice(memoryRoot.length + 1)}`,
  );
}

const about = (rule: string, findings: readonly string[]) => findings.filter((one) => one.includes(rule));

describe('clusters of a project configuration', () => {
  const expected = 'error ha/replicate-differs n2/qpidd.conf';

  it('are checked together, linted by the folder', () => {
    assert.deepEqual(about('replicate-differs', found(disagreeing)), [expected]);
  });

  it('are checked together, linted by the file that differs, and by one that does not', () => {
    assert.deepEqual(about('replicate-differs', found(disagreeing, 'n2/qpidd.conf')), [expected]);
    assert.deepEqual(about('replicate-differs', found(disagreeing, 'n1/qpidd.conf')), []);
  });

  it('are checked together, linted by the configuration', () => {
    assert.deepEqual(about('replicate-differs', found(disagreeing, 'qpidha.config.yaml')), [expected]);
  });

  it('bring their files along only where the configuration is asked for', () => {
    const subjects = (name: string) => openProject(memoryFiles(disagreeing), entriesOf([name])).subjects;
    assert.equal(subjects('n1/qpidd.conf').size, 1);
    assert.equal(subjects('qpidha.config.yaml').size, 4);
  });

  it('count once where a manifest declares them too', () => {
    const manifest =
      'version: 1\nbrokers:\n  east: {address: "node1,node2,node3", config: [n1/qpidd.conf, n2/qpidd.conf, n3/qpidd.conf]}\n';
    const all = { ...disagreeing, 'r.qpid.yaml': manifest };
    assert.deepEqual(about('replicate-differs', found(all)), [expected]);
    const findings = found(all);
    assert.equal(new Set(findings).size, findings.length);
  });

  it('name files that are there', () => {
    const { 'n3/qpidd.conf': _, ...files } = disagreeing;
    assert.deepEqual(about('config/', found(files)), ['error config/member-missing qpidha.config.yaml']);
    assert.deepEqual(about('file/', found(files)), []);
  });

  it('may give their members addresses', () => {
    const addressed =
      'version: 1\nclusters:\n  east:\n    - {file: n1/qpidd.conf, address: "node1:5672"}\n    - {file: n2/qpidd.conf, address: "node2:5672"}\n    - {file: n3/qpidd.conf, address: "other:5672"}\n';
    const files = { ...disagreeing, 'qpidha.config.yaml': addressed };
    assert.deepEqual(about('brokers-url-incomplete', found(files)).length > 0, true);
    assert.deepEqual(about('brokers-url-incomplete', found(disagreeing)), []);
  });
});

describe('levels of rules', () => {
  const conf = '# some comment\nha-queue-replication=yes\nport=5672\nport=5673\n';
  const lint = (rules: string, file = 'a/qpidd.conf') =>
    about('conf/duplicate-setting', found({ 'qpidha.config.yaml': `version: 1\n${rules}`, [file]: conf }));

  it('make findings graver or lighter, or leave them out', () => {
    assert.deepEqual(lint(''), ['error conf/duplicate-setting a/qpidd.conf']);
    assert.deepEqual(lint('rules: {conf/duplicate-setting: info}'), [
      'info conf/duplicate-setting a/qpidd.conf',
    ]);
    assert.deepEqual(lint('rules: {conf/*: warning}'), ['warning conf/duplicate-setting a/qpidd.conf']);
    assert.deepEqual(lint('rules: {conf/duplicate-setting: off}'), []);
    assert.deepEqual(lint('rules: {conf/*: off, conf/duplicate-setting: error}').length, 1);
  });

  it('hold for the files of an override', () => {
    const rules = 'overrides: [{files: [b/**], rules: {conf/*: off}}]';
    assert.equal(lint(rules).length, 1);
    assert.equal(lint(rules, 'b/qpidd.conf').length, 0);
  });

  it('come from the nearest configuration', () => {
    const files = {
      'qpidha.config.yaml': 'version: 1\nrules: {conf/*: off}\n',
      'a/qpidha.config.json': '{"version": 1}\n',
      'a/qpidd.conf': conf,
      'b/qpidd.conf': conf,
    };
    assert.deepEqual(about('duplicate-setting', found(files)), ['error conf/duplicate-setting a/qpidd.conf']);
    assert.deepEqual(about('duplicate-setting', found(files, 'b/qpidd.conf')), []);
  });

  it('come from nowhere above the root of the repository', () => {
    const files = {
      'qpidha.config.yaml': 'version: 1\nrules: {conf/*: off}\n',
      'a/.git/HEAD': '',
      'a/qpidd.conf': conf,
    };
    assert.equal(about('duplicate-setting', found(files)).length, 1);
  });

  it('do not hold for the configuration itself, nor for what cannot be read at all', () => {
    const files = {
      'qpidha.config.yaml': 'version: 1\nrules: {config/*: off, manifest/syntax: off}\n',
      'r.qpid.yaml': '{',
    };
    assert.deepEqual(found(files), [
      'error config/unknown-rule qpidha.config.yaml',
      'error config/unknown-rule qpidha.config.yaml',
      'error manifest/syntax r.qpid.yaml',
    ]);
  });

  it('hold for fixes', () => {
    const files = { 'qpidha.config.yaml': 'version: 1\nrules: {conf/*: off}\n', 'qpidd.conf': 'PORT=1\n' };
    assert.equal(fixProject({ files: memoryFiles(files), entries: entriesOf(['']) }).applied, 0);
  });
});

describe('a broken configuration', () => {
  const conf = 'ha-queue-replication=yes\nport=5672\nport=5673\n';

  it('is an error, for whichever of its files was asked', () => {
    const files = { 'qpidha.config.yaml': 'version: 1\nrule: {conf/*: off}\n', 'a/qpidd.conf': conf };
    assert.deepEqual(found(files, 'a/qpidd.conf'), [
      'error conf/duplicate-setting a/qpidd.conf',
      'error config/schema qpidha.config.yaml',
    ]);
  });

  it('has its effect as far as it is well formed', () => {
    const files = { 'qpidha.config.yaml': 'no: 1\nrules: {conf/*: off}\n', 'a/qpidd.conf': conf };
    assert.deepEqual(about('a/', found(files, 'a/qpidd.conf')), []);
  });

  it('that cannot be read is an error, for whichever of its files was asked', () => {
    const files = memoryFiles({ 'qpidha.config.yaml': 'version: 1\n', 'a/qpidd.conf': conf });
    const closed: FileSystem = {
      ...files,
      read: (uri) => (uri.endsWith('.yaml') ? { kind: 'unreadable', reason: 'permission' } : files.read(uri)),
    };
    const project = openProject(closed, entriesOf(['a/qpidd.conf']));
    const findings = lintProject(project).map(({ rule, severity }) => `${severity} ${rule}`);
    assert.deepEqual(findings, ['error conf/duplicate-setting', 'error file/not-read']);
  });

  it('cannot be hidden by a comment, and what else is found in it can', () => {
    const text =
      '# qpidha: disable-file config/*, ha/two-members -- so it is\nversion: 1\nno: 1\nclusters:\n  east: [a.conf, b.conf]\n';
    const two = 'ha-cluster=yes\nha-brokers-url=a,b\nha-replicate=all\nauth=no\n';
    const findings = found({ 'qpidha.config.yaml': text, 'a.conf': two, 'b.conf': two });
    assert.equal(about('config/schema', findings).length, 1);
    assert.equal(about('ha/two-members', findings).length, 0);
    const plain = found({
      'qpidha.config.yaml': text.replace('# qpidha', '# '),
      'a.conf': two,
      'b.conf': two,
    });
    assert.equal(about('ha/two-members', plain).length, 1);
  });

  it('can be mended', () => {
    const files = { 'qpidha.config.yaml': 'version: 1\nrule: {conf/*: off}\n', 'a/qpidd.conf': conf };
    const { changed } = fixProject({ files: memoryFiles(files), entries: entriesOf(['']) });
    assert.equal(changed.get(exampleUri('qpidha.config.yaml'))?.text, 'version: 1\nrules: {conf/*: off}\n');
  });

  it('shows no login in a report', () => {
    const text =
      'version: 1\nclusters:\n  e: [{file: a.conf, address: "me:s3cret@b"}, {file: b.conf, password: s3cret}]\n';
    const report = lintReport(openProject(memoryFiles({ 'qpidha.config.yaml': text }), entriesOf([''])));
    const hidden = [...(report.secrets.get(exampleUri('qpidha.config.yaml')) ?? [])];
    for (const at of [text.indexOf('s3cret'), text.lastIndexOf('s3cret')]) {
      assert.ok(hidden.some(({ start, end }) => start <= at && at + 6 <= end));
    }
  });
});

describe('the release of a project configuration', () => {
  const files = {
    'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\noverrides: [{files: [new/**], broker: "1.39"}]\n',
    'old/qpidd.conf': 'session-max-unacked=1\n',
    'new/qpidd.conf': 'session-max-unacked=1\n',
    'own/qpidd.conf': '# qpidha: broker 1.37\nsession-max-unacked=1\n',
  };

  it('holds for its files, unless they name their own', () => {
    assert.deepEqual(about('option-not-yet', found(files)), ['error conf/option-not-yet old/qpidd.conf']);
  });
});

describe('a release without queue replication', () => {
  const lint = (release: string) =>
    about('queue-replication-off', found({ 'qpidd.conf': `# qpidha: broker ${release}\nauth=no\n` }));

  it('is not told to enable it', () => {
    assert.equal(lint('0.20').length, 0);
    assert.equal(lint('0.22').length, 1);
  });
});

describe('ignored files', () => {
  const files = {
    'qpidha.config.yaml': 'version: 1\nignore: [archive/]\n',
    'archive/qpidd.conf': 'nonsense\n',
  };

  it('are passed over in a folder, and taken when they are named', () => {
    assert.deepEqual(found(files), []);
    assert.deepEqual(about('malformed', found(files, 'archive/qpidd.conf')), [
      'error conf/malformed-line archive/qpidd.conf',
    ]);
  });
});
