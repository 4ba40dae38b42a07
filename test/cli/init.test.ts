import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../../server/cli/exit-code';
import { brokersIn } from '../../server/cli/init/brokers';
import { initCommand } from '../../server/cli/init/command';
import { configText, manifestText } from '../../server/cli/init/texts';
import { lintProject } from '../../server/lint/lint-project';
import { nodeFileSystem } from '../../server/project/node-file-system';
import { openProject } from '../../server/project/open-project';
import { uriOfPath } from '../../server/project/uris';
import { parseConf } from '../../server/qpidd-conf/model';
import { documentFromText } from '../../server/text/document';
import { qpidha } from '../support/command-line';
import { memoryFiles } from '../support/memory-files';
import { RecordedTerminal } from '../support/terminal';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-init-'));
after(() => rmSync(temporary, { recursive: true, force: true }));
let folders = 0;

function folderWith(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(temporary, `deployment${folders}`);
  // The root of a repository: no configuration above it counts.
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function brokersOf(files: Readonly<Record<string, string>>) {
  const confs = Object.entries(files).map(([path, text]) => ({
    path,
    conf: parseConf(documentFromText(`file:///example/${path}`, text)),
  }));
  return brokersIn(confs, 'home').map(({ name, address, configs }) => [name, address, configs.join(' ')]);
}

const member = (url: string) => `ha-cluster=yes\nauth=no\nha-brokers-url=${url}\n`;

const known: readonly [
  title: string,
  files: Readonly<Record<string, string>>,
  brokers: readonly string[][],
][] = [
  ['folders', { 'node1/qpidd.conf': 'port=5672\n' }, [['node1', 'node1', 'node1/qpidd.conf']]],
  [
    'folders of folders',
    { 'node1/etc/qpid/qpidd.conf': '' },
    [['node1', 'node1', 'node1/etc/qpid/qpidd.conf']],
  ],
  [
    'names of files',
    { 'qpidd-a.conf': '', 'b.qpidd.conf': '' },
    [
      ['a', 'a', 'qpidd-a.conf'],
      ['b', 'b', 'b.qpidd.conf'],
    ],
  ],
  ['the folder itself', { 'qpidd.conf': '' }, [['home', 'home', 'qpidd.conf']]],
  [
    'equal names',
    { 'a/n/qpidd.conf': '', 'b/n/qpidd.conf': '' },
    [
      ['n', 'n', 'a/n/qpidd.conf'],
      ['n-n', 'n-n', 'b/n/qpidd.conf'],
    ],
  ],
  ['a port', { 'a/qpidd.conf': 'port=5673\n' }, [['a', 'a:5673', 'a/qpidd.conf']]],
  ['any port', { 'a/qpidd.conf': 'port=0\n' }, [['a', 'a', 'a/qpidd.conf']]],
  [
    'an interface',
    { 'a/qpidd.conf': 'interface=10.0.0.7\nport=5673\n' },
    [['a', '10.0.0.7:5673', 'a/qpidd.conf']],
  ],
  [
    'the loopback interface',
    { 'a/qpidd.conf': 'interface=127.0.0.1\n' },
    [['a', 'localhost', 'a/qpidd.conf']],
  ],
  ['an IPv6 interface', { 'a/qpidd.conf': 'interface=[fe80::1]\n' }, [['a', '[fe80::1]', 'a/qpidd.conf']]],
  [
    'TLS alone',
    { 'a/qpidd.conf': 'listen-disable=tcp\nssl-cert-db=/etc/db\nssl-port=5673\n' },
    [['a', 'amqps://a:5673', 'a/qpidd.conf']],
  ],
  [
    'a cluster, in the order of its addresses',
    { 'east1/qpidd.conf': member('east2,east1'), 'east2/qpidd.conf': member('east1,east2') },
    [['east', 'east2,east1', 'east2/qpidd.conf east1/qpidd.conf']],
  ],
  [
    'clusters with hosts that have no name in common, by their folders',
    {
      'c1/x/qpidd.conf': member('a1,a2'),
      'c1/y/qpidd.conf': member('a1,a2'),
      'c2/x/qpidd.conf': member('b1,b2'),
      'c2/y/qpidd.conf': member('b1,b2'),
    },
    [
      ['c1', 'a1,a2', 'c1/x/qpidd.conf c1/y/qpidd.conf'],
      ['c2', 'b1,b2', 'c2/x/qpidd.conf c2/y/qpidd.conf'],
    ],
  ],
  [
    'clusters without any name',
    { 'x/qpidd.conf': member('a1,a2'), 'y/qpidd.conf': member('b1,b2') },
    [
      ['cluster', 'a1,a2', 'x/qpidd.conf'],
      ['cluster-2', 'b1,b2', 'y/qpidd.conf'],
    ],
  ],
  [
    'a cluster on one machine, by its ports',
    {
      'x/qpidd.conf': `${member('localhost:5001,localhost:5002')}port=5002\n`,
      'y/qpidd.conf': `${member('localhost:5001,localhost:5002')}port=5001\n`,
    },
    [['localhost', 'localhost:5001,localhost:5002', 'y/qpidd.conf x/qpidd.conf']],
  ],
  [
    'a cluster of numbers',
    { 'a/qpidd.conf': member('10.0.0.1,10.0.0.2') },
    [['cluster', '10.0.0.1,10.0.0.2', 'a/qpidd.conf']],
  ],
  [
    'a password that must not spread',
    { 'a/qpidd.conf': member('guest/secret@n1,n2') },
    [['cluster', 'n1,n2', 'a/qpidd.conf']],
  ],
];

it('proposes no replication of a broker to itself', () => {
  const text = manifestText([{ name: 'node1', address: 'node1', configs: ['node1/qpidd.conf'] }]);
  assert.match(text, /^# {4}from: node1\n# {4}to: another broker/m);
});

describe('the brokers of a new manifest', () => {
  for (const [title, files, brokers] of known) {
    it(`are known by ${title}`, () => assert.deepEqual(brokersOf(files), brokers));
  }

  it('make no error in the new files, whatever the settings are', () => {
    const name = fc.constantFrom('a', 'node 1', 'true', '10', 'ä', '.x', 'null', 'n-1', 'qpidd', 'etc');
    const path = fc
      .tuple(name, fc.constantFrom('qpidd.conf', 'qpidd-b.conf', 'x y.qpidd.conf'))
      .map((two) => two.join('/'));
    const line = fc.constantFrom(
      'port=5673',
      'port=70000',
      'interface=lo',
      'interface=[::1]',
      'interface=eth0',
      'interface=-x',
      'listen-disable=tcp',
      'ssl-cert-db=/db',
      'ha-cluster=yes',
      'ha-brokers-url=a:1,b:2',
      'ha-brokers-url=ssl:a,tcp:b:5673',
      'ha-brokers-url=u/p@a,b',
      'ha-brokers-url=,',
      'ha-queue-replication=yes',
    );
    const text = fc.array(line, { maxLength: 6 }).map((lines) => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(fc.dictionary(path, text, { minKeys: 1, maxKeys: 5 }), (files) => {
        const confs = Object.entries(files).map(([file, content]) => ({
          path: file,
          conf: parseConf(documentFromText(`file:///example/${file}`, content)),
        }));
        const brokers = brokersIn(confs, 'home');
        const written = {
          'qpidha.config.yaml': configText,
          'replicas.qpid.yaml': manifestText(brokers, new Set(brokers.flatMap(({ configs }) => configs))),
        };
        const findings = lintProject(
          openProject(memoryFiles({ ...files, ...written }), [{ uri: 'file:///example' }]),
        );
        const own = findings.filter(({ uri }) => /qpidha\.config|replicas/.test(uri));
        assert.deepEqual(
          own.filter(({ rule }) => /^(?:manifest|config)\//.test(rule)),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('qpidha init', () => {
  it('writes a configuration and a manifest without an error, and tells what is next', async () => {
    const folder = folderWith({
      'node1/qpidd.conf': 'auth=no\nha-queue-replication=yes\n',
      'node2/qpidd.conf': 'auth=no\nha-queue-replication=yes\nport=5673\n',
    });
    const run = await qpidha(['init'], { cwd: folder });
    assert.equal(run.code, 0, run.err);
    assert.match(
      run.err,
      /Wrote qpidha\.config\.yaml.*Wrote replicas\.qpid\.yaml: 2 brokers of 2 files.*qpidha lint/s,
    );
    const lint = await qpidha(['lint', '--fail-on', 'warning'], { cwd: folder });
    assert.equal(lint.code, 0, lint.out);
  });

  it('names files that do not fit their address in comments only', () => {
    const folder = folderWith({
      'a/qpidd.conf': 'listen-disable=tcp\nauth=no\n',
      'b/qpidd.conf': 'auth=no\n',
    });
    const terminal = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: false }, terminal), 0);
    const project = openProject(nodeFileSystem, [{ uri: uriOfPath(folder) }]);
    const own = lintProject(project).filter(({ uri }) => uri.endsWith('.yaml'));
    assert.deepEqual(
      own.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('writes nothing with --dry-run, and prints it', () => {
    const folder = folderWith({ 'a/qpidd.conf': 'port=5673\n' });
    const terminal = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: true }, terminal), 0);
    assert.match(terminal.printed, /version: 1.*address: a:5673/s);
    assert.deepEqual(readdirSync(folder).sort(), ['.git', 'a']);
  });

  it('leaves what is there, and says so', () => {
    const folder = folderWith({
      'a/qpidd.conf': '',
      'other.qpid.yaml': 'version: 1\nbrokers: { a: { address: a } }\n',
    });
    const first = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: false }, first), 0);
    assert.match(first.said, /No replicas\.qpid\.yaml is written: other\.qpid\.yaml is there already/);
    const before = readFileSync(join(folder, 'qpidha.config.yaml'), 'utf8');
    const again = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: false }, again), 2);
    assert.match(again.said, /qpidha\.config\.yaml is there already/);
    assert.equal(readFileSync(join(folder, 'qpidha.config.yaml'), 'utf8'), before);
  });

  it('is content with the configuration of the repository', () => {
    const folder = folderWith({ 'qpidha.config.yaml': 'version: 1\n', 'east/a/qpidd.conf': '' });
    const terminal = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('east', { dryRun: false }, terminal), 0);
    assert.deepEqual(readdirSync(join(folder, 'east')).sort(), ['a', 'replicas.qpid.yaml']);
  });

  it('follows no link that leads nowhere, and reports what it could not write', () => {
    const folder = folderWith({ 'a/qpidd.conf': '' });
    symlinkSync('/nowhere/else', join(folder, 'replicas.qpid.yaml'));
    const terminal = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: false }, terminal), 2);
    assert.match(terminal.said, /replicas\.qpid\.yaml cannot be written: it is there already/);
  });

  it('needs a folder', () => {
    const terminal = new RecordedTerminal({ cwd: folderWith({}) });
    assert.throws(() => initCommand('nowhere', { dryRun: false }, terminal), UsageError);
  });

  it('writes a configuration alone where no broker has a file', () => {
    const folder = folderWith({});
    const terminal = new RecordedTerminal({ cwd: folder });
    assert.equal(initCommand('.', { dryRun: false }, terminal), 0);
    assert.deepEqual(readdirSync(folder).sort(), ['.git', 'qpidha.config.yaml']);
    assert.match(terminal.said, /no qpidd\.conf was found/);
  });
});
