import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixProject } from '../../server/lint/fix';
import { lintProject } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const entries = [{ uri: memoryRoot }];

function found(files: ExampleFiles) {
  const findings = lintProject(openProject(memoryFiles(files), entries));
  return findings.filter(({ rule }) => /^(?:policy|config)\//.test(rule));
}

/** `rule: message` of each finding in a file below a policy. */
function said(policy: string, conf: string, more = ''): readonly string[] {
  const files = { 'qpidha.config.yaml': `version: 1\n${more}policy: ${policy}\n`, 'qpidd.conf': conf };
  return found(files).map(({ rule, message }) => `${rule}: ${message}`);
}

function fixed(policy: string, conf: string): string | undefined {
  const files = memoryFiles({ 'qpidha.config.yaml': `version: 1\npolicy: ${policy}\n`, 'qpidd.conf': conf });
  return fixProject({ files, entries }).changed.get(exampleUri('qpidd.conf'))?.text;
}

describe('a policy says of a file', () => {
  for (const [policy, conf, ...expected] of [
    [
      '{require: {auth: yes, acl-file: any}}',
      'port=1\n',
      'policy/required: The policy requires "acl-file", and this file does not set it.',
      'policy/required: The policy requires "auth" to be "yes", and this file does not set it.',
    ],
    [
      '{require: {auth: {values: yes, because: "everybody logs in."}}}',
      'auth=no\nport=1\n',
      'policy/value: The policy wants "auth" to be "yes", and it is "no": everybody logs in.',
    ],
    ['{require: {auth: yes}}', 'auth=on\n'],
    ['{require: {auth: yes}}', 'auth=\n'],
    // What the broker refuses is told by another rule.
    ['{require: {auth: yes}}', 'auth=maybe\n'],
    ['{forbid: [trace]}', 'trace=no\nport=1\n', 'policy/forbidden: The policy forbids "trace".'],
    [
      '{allow: {link-heartbeat-interval: {min: 1, max: 30}}}',
      'link-heartbeat-interval=2m\nlink-heartbeat-interval=500ms\n',
      // What the broker refuses counts as what is surely meant: 120s.
      'policy/value: The policy wants "link-heartbeat-interval" to be at least 1 and at most 30, and it is "2m".',
      'policy/value: The policy wants "link-heartbeat-interval" to be at least 1 and at most 30, and it is "500ms".',
    ],
    ['{allow: {link-heartbeat-interval: {max: 30}}}', 'port=1\n'],
    [
      '{require: {load-module: {match: "*/amqp.so"}}}',
      'load-module=/usr/lib64/qpid/daemon/ha.so\n',
      'policy/required: The policy requires "load-module" to be like "*/amqp.so", and no line of this file says so.',
    ],
    // An option goes by the name that its release has for it.
    [
      '{forbid: [ha-brokers-url]}',
      '# qpidha: broker 0.16\nha-brokers=a,b\n',
      'policy/forbidden: The policy forbids "ha-brokers-url".',
    ],
    ['{require: {ha-brokers-url: any}}', '# qpidha: broker 0.16\nha-brokers=a,b\n'],
    ['{require: {session-max-unacked: any}}', '# qpidha: broker 1.36\nport=1\n'],
    [
      '{allow: {realm: {match: "A\\n::error::*"}}}',
      'realm=B\n',
      'policy/value: The policy wants "realm" to be like "A\ufffd::error::*", and it is "B".',
    ],
    // Behind what is no text there is nothing to see.
    ['{require: {auth: yes}}', '\0\0\0\x01\x02\x03'],
    [
      '{allow: {ha-brokers-url: none}}',
      'ha-brokers-url=me/s3cret@node1\n',
      'policy/value: The policy wants "ha-brokers-url" to be "none", and it is another.',
    ],
  ] as const) {
    it(`${policy} ${JSON.stringify(conf)}`, () => assert.deepEqual(said(policy, conf), expected));
  }

  it('how grave it is, unless the level of the rule is configured', () => {
    const policy = '{forbid: [{option: trace, level: info}, no-data-dir]}';
    const levels = (more: string) => {
      const config = `version: 1\n${more}policy: ${policy}\n`;
      const findings = found({ 'qpidha.config.yaml': config, 'qpidd.conf': 'trace=yes\nno-data-dir=yes\n' });
      return findings.map(({ severity }) => severity);
    };
    assert.deepEqual(levels(''), ['info', 'error']);
    assert.deepEqual(levels('rules: {policy/forbidden: warning}\n'), ['warning', 'warning']);
    assert.deepEqual(levels('rules: {policy/*: off}\n'), []);
  });

  it('where it stands', () => {
    const [finding] = found({
      'qpidha.config.yaml': 'version: 1\nextends: team.yaml\n',
      'team.yaml': 'version: 1\npolicy: {forbid: [trace]}\n',
      'qpidd.conf': 'trace=yes\n',
    });
    assert.equal(finding?.related?.[0]?.uri, exampleUri('team.yaml'));
  });

  it('nothing where a comment hides it, and all where none may', () => {
    const hidden = '# qpidha: disable-next-line policy/forbidden -- for a day\ntrace=yes\n';
    assert.equal(said('{forbid: [trace]}', hidden).length, 0);
    const never = 'rules: {policy/*: {ignorable: false}}\n';
    assert.equal(said('{forbid: [trace]}', hidden, never).length, 1);
  });
});

describe('policies above each other', () => {
  const files = {
    'team.yaml':
      'version: 1\npolicy: {require: {auth: yes, realm: any}, forbid: [trace]}\noverrides: [{files: "lab/**", policy: {allow: {auth: any}}}]\n',
    'qpidha.config.yaml':
      'version: 1\nextends: team.yaml\noverrides: [{files: [dev/**], policy: {allow: {trace: any, realm: [DEV]}}}]\n',
    'qpidd.conf': 'trace=yes\n',
    'dev/qpidd.conf': 'trace=yes\nrealm=X\n',
    'lab/qpidd.conf': 'auth=no\nrealm=X\n',
  };

  it('count for an option where the strongest mentions it', () => {
    const findings = found(files).map(
      ({ rule, uri, message }) =>
        `${uri.slice(memoryRoot.length + 1)} ${rule} ${/"([^"]+)"/.exec(message)?.[1]}`,
    );
    assert.deepEqual(findings, [
      'dev/qpidd.conf policy/required auth',
      'dev/qpidd.conf policy/value realm',
      'qpidd.conf policy/forbidden trace',
      'qpidd.conf policy/required auth',
      'qpidd.conf policy/required realm',
    ]);
  });

  it('are broken where what they build on is', () => {
    const broken = { ...files, 'team.yaml': 'version: 1\npolicy: {require: {acl-flie: any}}\n' };
    const rules = found(broken).map(({ rule }) => rule);
    assert.ok(rules.includes('config/policy') && rules.includes('config/extends'));
  });
});

describe('the fixes of a policy', () => {
  it('add all that is certain at once, as the file ends its lines', () => {
    assert.equal(
      fixed('{require: {auth: yes, realm: QPID, acl-file: any}}', 'port=1\r\n'),
      'port=1\r\nauth=yes\r\nrealm=QPID\r\n',
    );
  });

  it('add many', () => {
    const options = [
      'auth',
      'tcp-nodelay',
      'mgmt-enable',
      'mgmt-qmf2',
      'log-source',
      'log-level',
      'log-time',
    ];
    const policy = `{require: {${options.map((name) => `${name}: yes`).join(', ')}}}`;
    assert.equal(
      fixed(policy, 'port=1\n'),
      ['port=1', ...options.map((name) => `${name}=yes`), ''].join('\n'),
    );
  });

  it('add nothing that the broker would not take, or that another rule reports', () => {
    assert.equal(fixed('{require: {ha-replicate: all}}', 'no-module-dir=yes\n'), undefined);
    assert.equal(fixed('{require: {no-data-dir: yes}}', 'data-dir=/srv/qpidd\n'), undefined);
  });

  it('write the one value that is allowed, and remove nothing unasked', () => {
    assert.equal(
      fixed('{allow: {auth: yes}, forbid: [trace]}', 'auth=off\ntrace=yes\n'),
      'auth=yes\ntrace=yes\n',
    );
    assert.equal(fixed('{allow: {port: {max: 5}}}', 'port=6\n'), undefined);
  });
});

it('a file is judged anew when its policy changes', () => {
  const conf = 'trace=yes\n';
  assert.equal(said('{forbid: [trace]}', conf).length, 1);
  assert.equal(said('{allow: {trace: any}}', conf).length, 0);
});
