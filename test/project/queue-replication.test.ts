import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProject } from '../../server/project/open-project';
import { queueReplicationOff } from '../../server/project/rules/queue-replication-off';
import type { Finding } from '../../server/text/finding';
import { type ExampleFiles, runRule } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const on = 'ha-queue-replication=yes\n';
const manifest = (to = 'node2', more = '') =>
  `version: 1\nbrokers:\n  node1: {address: node1, config: node1.conf}\n  node2: {address: node2, config: node2.conf}\n${more}replications:\n  - {queue: q, from: node1, to: ${to}}\n  - {queue: r, from: node1, to: ${to}}\n`;

function look(files: ExampleFiles): readonly Finding[] {
  const findings: Finding[] = [];
  const entries = Object.keys(files).map((name) => ({ uri: exampleUri(name) }));
  runRule(queueReplicationOff, openProject(memoryFiles(files), entries), findings);
  return findings;
}

function severities(files: ExampleFiles): readonly string[] {
  return look(files).map(({ severity, uri }) => `${severity} ${uri.slice(memoryRoot.length + 1)}`);
}

describe('a stand-alone broker without queue replication', () => {
  const cases: readonly (readonly [name: string, conf: string, alone: readonly string[], used: boolean])[] = [
    ['without the option', 'port=5672\n', ['warning node2.conf'], true],
    ['with the option off', 'ha-queue-replication=no\n', [], true],
    ['with the option off, in capitals', 'ha-queue-replication=OFF\n', [], true],
    ['with a value that the broker refuses', 'ha-queue-replication=ja\n', [], true],
    ['with the option on', on, [], false],
    ['with an empty value, which means yes', 'ha-queue-replication=\n', [], false],
    ['with blanks round the "=", which is another finding', 'ha-queue-replication = yes\n', [], false],
    ['with a misspelt option, which is another finding', 'ha-queue-replicaton=yes\n', [], false],
    ['in a cluster', 'ha-cluster=yes\n', [], false],
    ['in a cluster by an empty value', 'ha-cluster=\n', [], false],
    ['in what may be a cluster', 'ha-cluster=maybe\n', [], false],
    ['that is explicitly in no cluster', 'ha-cluster=no\n', ['warning node2.conf'], true],
    ['in a cluster, and off', 'ha-cluster=yes\nha-queue-replication=no\n', [], false],
    ['with nothing but comments', '# nothing\n', ['warning node2.conf'], true],
    ['that loads no HA module', 'no-module-dir=yes\n', [], true],
    [
      'that loads the HA module itself',
      'no-module-dir=yes\nload-module=/x/ha.so\n',
      ['warning node2.conf'],
      true,
    ],
    ['without management', 'mgmt-enable=no\n', ['warning node2.conf'], true],
    ['in a file that is no text', '\0\x01\x02\n\x03\x04', [], false],
  ];
  for (const [name, conf, alone, used] of cases) {
    it(`${name} is ${alone.length > 0 ? 'warned of' : 'passed over'} when no manifest uses it`, () => {
      assert.deepEqual(severities({ 'node2.conf': conf }), alone);
    });
    it(`${name} is ${used ? 'an error on both sides' : 'passed over'} when a manifest uses it`, () => {
      const found = severities({ 'r.qpid.yaml': manifest(), 'node1.conf': on, 'node2.conf': conf });
      assert.deepEqual(found, used ? ['error node2.conf', 'error r.qpid.yaml'] : []);
    });
  }

  it('points from either side at the other, with one fix', () => {
    const files = { 'r.qpid.yaml': manifest(), 'node1.conf': on, 'node2.conf': 'port=5672\n' };
    const [inConf, inManifest] = look(files);
    assert.ok(inConf && inManifest);
    assert.equal(inConf.related?.[0]?.uri, inManifest.uri);
    assert.deepEqual(inConf.related?.[0]?.span, inManifest.span);
    assert.equal(inManifest.related?.[0]?.uri, inConf.uri);
    assert.deepEqual(inManifest.related?.[0]?.span, inConf.span);
    assert.ok(inConf.fix);
    assert.deepEqual(inManifest.fix?.edits, inConf.fix.edits);
    assert.match(inConf.message, /"node2" holds the replica of "q" and 1 more/);
  });

  it('is an error as the origin as well', () => {
    const files = { 'r.qpid.yaml': manifest(), 'node1.conf': 'port=5672\n', 'node2.conf': on };
    assert.match(look(files)[0]?.message ?? '', /"node1" is the origin of "q" and 1 more/);
  });

  it('is only warned of when its manifest replicates nothing from or to it', () => {
    const more = '  node3: {address: node3, config: node3.conf}\n';
    const files = {
      'r.qpid.yaml': manifest('node2', more),
      'node1.conf': on,
      'node2.conf': on,
      'node3.conf': 'port=1\n',
    };
    assert.deepEqual(severities(files), ['warning node3.conf']);
  });

  it('gets one finding, and one for each manifest that uses it', () => {
    const files = {
      'r.qpid.yaml': manifest(),
      's.qpid.yaml': manifest(),
      'node1.conf': on,
      'node2.conf': 'port=1\n',
    };
    assert.deepEqual(severities(files), ['error node2.conf', 'error r.qpid.yaml', 'error s.qpid.yaml']);
    assert.equal(look(files)[0]?.related?.length, 2);
  });

  const obstacles: readonly (readonly [name: string, conf: string, message: RegExp])[] = [
    ['the module is not loaded', 'no-module-dir=yes\n', /and "load-module" with the full path of ha\.so/],
    ['management is off', 'mgmt-enable=no\n', /and "mgmt-enable=yes"/],
  ];
  for (const [name, conf, message] of obstacles) {
    it(`has no certain cure where ${name} either`, () => {
      for (const finding of look({ 'r.qpid.yaml': manifest(), 'node1.conf': on, 'node2.conf': conf })) {
        assert.match(finding.message, message);
        assert.equal(finding.fix, undefined);
      }
    });
  }

  it('is another finding where the manifest calls it a cluster', () => {
    const files = {
      'r.qpid.yaml': manifest().replace('address: node2', 'address: "east1,east2"'),
      'node1.conf': on,
      'node2.conf': 'port=1\n',
    };
    assert.deepEqual(look(files), []);
  });

  const endings: readonly (readonly [name: string, before: string, after: string])[] = [
    ['a final newline', 'port=1\n', 'port=1\nha-queue-replication=yes\n'],
    ['no final newline', 'port=1', 'port=1\nha-queue-replication=yes'],
    ['CRLF', 'port=1\r\n', 'port=1\r\nha-queue-replication=yes\r\n'],
    ['CRLF and no final newline', '# a\r\nport=1', '# a\r\nport=1\r\nha-queue-replication=yes'],
    ['a value to replace', 'ha-queue-replication= off # why\n', 'ha-queue-replication= yes # why\n'],
  ];
  for (const [name, before, after] of endings) {
    it(`keeps ${name} when it is fixed`, () => {
      const [finding] = look({ 'r.qpid.yaml': manifest(), 'node1.conf': on, 'node2.conf': before });
      const [edit] = finding?.fix?.edits ?? [];
      assert.ok(edit);
      assert.equal(before.slice(0, edit.span.start) + edit.newText + before.slice(edit.span.end), after);
    });
  }
});
