import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failures, run } from './support';

const conf = 'auth=no\nha-queue-replication=yes\n';

const manifest = `version: 1
brokers:
  a: { address: a, config: a/qpidd.conf }
  b: { address: b, config: b/qpidd.conf }
replications:
  - { queue: q, from: a, to: b }
`;

const files = { 'a/qpidd.conf': conf, 'b/qpidd.conf': conf, 'replicas.qpid.yaml': manifest };

function passes(
  test: { given?: string; expect: string },
  all: Readonly<Record<string, string>> = files,
): void {
  assert.deepEqual(failures(test, all), []);
}

describe('a test of a project', () => {
  it('sees in one file what is wrong since another one would be different', () => {
    passes({ expect: 'noFindings: [ha/queue-replication-off]' });
    passes({
      given: 'a/qpidd.conf: { unset: [ha-queue-replication] }',
      expect: 'finds: { replicas.qpid.yaml: [ha/queue-replication-off] }',
    });
    passes({
      given: 'a/qpidd.conf: { environment: { QPID_HA_QUEUE_REPLICATION: no } }',
      expect: 'finds: { a/qpidd.conf: [ha/queue-replication-off] }',
    });
  });

  it('sees that a file is gone', () => {
    passes({ given: 'b/qpidd.conf: absent', expect: 'finds: { replicas.qpid.yaml: [manifest/*] }' });
  });

  it('needs no manifest for what it says of a file alone', () => {
    passes({ given: 'replicas.qpid.yaml: absent', expect: 'starts: { a/qpidd.conf: yes }' });
  });

  it('takes a file whatever its name', () => {
    passes(
      {
        given: 'east.txt: { set: { port: 1 } }',
        expect: 'effective: { east.txt: { port: 1 } }\nfinds: { east.txt: [ha/*] }',
      },
      { 'east.txt': 'port=2\nauth=no\n' },
    );
  });

  it('counts findings as the configuration has them, and refusals as the broker has them', () => {
    const all = {
      'qpidd.conf': 'prot=1\nha-queue-replication=yes\n',
      'qpidha.config.yaml': 'version: 1\nrules: { conf/unknown-option: off }\n',
    };
    passes({ expect: 'starts: { qpidd.conf: no }\nfindings: { qpidd.conf: [] }' }, all);
    passes(
      { given: 'qpidha.config.yaml: absent', expect: 'findings: { qpidd.conf: [conf/unknown-option] }' },
      all,
    );
  });

  it('reads files for the release of the configuration, as long as that is there', () => {
    const all = {
      'qpidd.conf': 'session-max-unacked=5000\n',
      'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\n',
    };
    passes({ expect: 'starts: { qpidd.conf: no }' }, all);
    passes({ given: 'qpidha.config.yaml: absent', expect: 'starts: { qpidd.conf: yes }' }, all);
    passes({ given: 'qpidd.conf: { release: "1.37" }', expect: 'starts: { qpidd.conf: yes }' }, all);
  });

  it('does not see what another one changes', () => {
    const text = `version: 1
tests:
  - name: one
    given: { a/qpidd.conf: { set: { port: 1 } }, b/qpidd.conf: absent }
    expect: { effective: { a/qpidd.conf: { port: 1 } } }
  - name: other
    expect: { effective: { a/qpidd.conf: { port: 5672 } }, starts: { b/qpidd.conf: true } }
`;
    assert.deepEqual(
      run(text, files).tests.map((test) => test.failures),
      [[], []],
    );
  });
});

describe('the files of a test', () => {
  const bad = { ...files, 'a/qpidd.conf': `${conf}prot=1\n` };
  const narrowed = (names: string) => `version: 1
tests:
  - name: it
    files: [${names}]
    expect: { noFindings: [conf/*] }
`;
  const failed = (names: string) =>
    run(narrowed(names), bad).tests.filter((test) => test.failures.length > 0).length;

  it('are where findings count: files and folders', () => {
    assert.equal(failed('b'), 0);
    assert.equal(failed('b/qpidd.conf, replicas.qpid.yaml'), 0);
    assert.equal(failed('a'), 1);
    assert.equal(failed('b, a/qpidd.conf'), 1);
    assert.equal(failed('.'), 1);
  });
});

it('an expectation with many reasons tells some, and how many more there are', () => {
  const lines = Array.from({ length: 25 }, (_, index) => `nothing${index}=1\n`).join('');
  const [failure] = failures({ expect: 'starts: { qpidd.conf: true }' }, { 'qpidd.conf': lines });
  assert.equal(failure?.notes.length, 11);
  assert.equal(failure?.notes.at(-1), 'and 15 more');
});
