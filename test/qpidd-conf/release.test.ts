import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { options, removedOptions } from '../../server/qpidd-conf/catalogue';
import { completion } from '../../server/qpidd-conf/completion';
import { hover } from '../../server/qpidd-conf/hover';
import { type ConfDocument, parseConf } from '../../server/qpidd-conf/model';
import { compareReleases, type Release, releases } from '../../server/qpidd-conf/release';
import { firstRelease } from '../../server/qpidd-conf/release-history';
import { semanticTokens } from '../../server/qpidd-conf/semantic-tokens';
import { documentFromText } from '../../server/text/document';
import { conf, findingsOf, told } from './support';

function at(release: string, text: string): ConfDocument {
  return conf(`# qpidha: broker ${release}\n${text}`);
}

const aboutNames =
  /^conf\/(?:option-not-yet|removed-option|unknown-option|malformed-line|blank-around-equals|bad-load-module|empty-file|byte-order-mark)$/;

/** Errors, and warnings of what an old broker passes over. */
function faultsOf(document: ConfDocument): readonly string[] {
  return findingsOf(document)
    .filter(({ severity, rule }) => severity === 'error' || aboutNames.test(rule))
    .map(({ severity, rule }) => (severity === 'error' ? rule : `${severity} ${rule}`));
}

/** A value of an option that the broker passes over is no fault. */
function early(count: number): readonly string[] {
  return Array<string>(count).fill('warning conf/option-not-yet');
}

test('every date in the catalogue is a release', () => {
  const known: ReadonlySet<string> = new Set(releases);
  for (const { since, name } of options) assert.ok(since === undefined || known.has(since), name);
  for (const { since, until, name } of removedOptions) {
    assert.equal(since === undefined, until === undefined, name);
    if (since === undefined || until === undefined) continue;
    assert.ok(known.has(since) && known.has(until) && compareReleases(since, until) <= 0, name);
  }
});

describe('a file for a release', () => {
  for (const [release, text, errors] of [
    ['1.36', 'session-max-unacked=5000\n', ['conf/option-not-yet']],
    ['1.37', 'session-max-unacked=5000\n', []],
    [
      '1.36',
      'wcache-num-pages=16\ntpl-wcache-num-pages=16\n',
      ['conf/option-not-yet', 'conf/option-not-yet'],
    ],
    ['1.39', 'max-purge-batch=1\n', ['conf/option-not-yet']],
    ['1.40', 'max-purge-batch=1\n', []],
    ['0.24', 'paging-dir=/var/lib/paging\n', ['conf/option-not-yet']],
    ['0.26', 'paging-dir=/var/lib/paging\n', []],
    ['0.16', 'ha-brokers=node1,node2\nha-cluster=yes\n', []],
    ['0.18', 'ha-brokers=node1,node2\n', ['warning conf/removed-option']],
    ['0.16', 'ha-brokers-url=node1,node2\n', ['warning conf/option-not-yet']],
    ['0.14', 'link-heartbeat-interval=soon\nha-cluster=perhaps\n', early(2)],
    ['0.14', 'ha-backup-timeout=soon\nha-backup-timeout=1m\n', early(2)],
    ['0.16', 'ha-replicate=ALL\n', early(1)],
    ['0.14', 'port=5672x\n', ['conf/bad-integer']],
    ['0.24', 'session-max-unacked=few\n', ['conf/option-not-yet', 'conf/bad-integer']],
    ['0.18', 'cluster-name=east\ncluster-mechanism=PLAIN\n', []],
    ['0.20', 'cluster-mechanism=PLAIN\n', ['warning conf/removed-option']],
    ['0.22', 'cluster-mechanism=PLAIN\n', ['conf/removed-option']],
    [
      '0.20',
      'nonsense\nport = 5672\nwhat-is-this=1\n',
      ['warning conf/malformed-line', 'warning conf/blank-around-equals', 'warning conf/unknown-option'],
    ],
    ['0.22', 'nonsense\n', ['conf/malformed-line']],
    ['0.4', 'async-queue-events=yes\n', ['warning conf/removed-option']],
    ['0.18', 'num-jfiles=8\njfile-size-pgs=24\nstore-dir=/var/lib/qpidd\n', []],
    ['0.30', 'num-jfiles=8\n', []],
    ['0.18', 'wcache-page-size=32\ntruncate=no\ntpl-num-jfiles=8\n', []],
    ['1.35', 'num-jfiles=8\n', ['conf/unknown-option']],
    ['0.22', 'load-module=/usr/lib64/qpid/daemon/acl.so\n', []],
    ['0.24', 'load-module=/usr/lib64/qpid/daemon/acl.so\n', ['conf/bad-load-module']],
    ['0.18', 'load-module=/usr/lib64/qpid/daemon/cluster.so\ncluster-name=east\n', []],
    ['0.20', 'load-module=/usr/lib64/qpid/daemon/msgstore.so\nnum-jfiles=8\n', []],
    ['0.20', 'Cluster-Size=3\n', ['warning conf/removed-option']],
    ['0.18', 'Cluster-Size=3\n', ['warning conf/unknown-option']],
  ] as const) {
    test(`${release}: ${JSON.stringify(text)} has the errors ${errors.join(', ') || '(none)'}`, () => {
      assert.deepEqual(faultsOf(at(release, text)), errors);
    });
  }

  test('says who refuses to start, and where the release is named', () => {
    const [finding] = findingsOf(at('1.36', 'session-max-unacked=5000\n'));
    assert.equal(
      finding && told(finding),
      'error conf/option-not-yet: "session-max-unacked" is an option since 1.37. Broker 1.36 refuses to start: remove the line.',
    );
    assert.deepEqual(
      finding?.related?.map(({ span }) => span),
      [{ start: 2, end: 21 }],
    );
  });

  test('says that an old broker passes over what newer ones refuse', () => {
    const messages = findingsOf(at('0.20', 'ha-queue-replication=yes\nnonsense\n')).map(
      ({ message }) => message,
    );
    assert.ok(
      messages.some((message) => message.includes('since 0.22. Broker 0.20 passes over it in silence')),
    );
    assert.ok(
      messages.some((message) =>
        message.endsWith('Only since 0.22: broker 0.20 passes over it without a word.'),
      ),
    );
  });

  test('may be empty before 0.20', () => {
    const empty = (release: Release) =>
      findingsOf(parseConf(documentFromText('file:///q', ''), release)).map(({ severity }) => severity);
    assert.deepEqual([empty('0.18'), empty('0.20')], [['warning'], ['error']]);
  });

  test('goes by its own comment first, and by the project where it has none', () => {
    const parse = (text: string, release?: Release) =>
      parseConf(documentFromText('file:///q', text), release);
    assert.equal(parse('port=1\n', '1.36').release, '1.36');
    assert.equal(parse('# qpidha: broker 1.39\n', '1.36').release, '1.39');
    assert.equal(parse('# qpidha: broker 9\n', '1.36').release, '1.36');
    assert.equal(parse('port=1\n').release, undefined);
  });
});

test('without a release, and with the newest, the options are the same', () => {
  for (const { name, scope, platform } of options) {
    if (scope === 'client' || platform === 'windows') continue;
    const text = `${name}=1\n`;
    const plain = findingsOf(conf(`# some comment on 123\n${text}`)).map(told);
    const newest = findingsOf(at('1.40', text)).map(told);
    assert.deepEqual(
      newest.map((one) => one.replace('Broker 1.40', 'The broker')),
      plain,
      name,
    );
  }
});

test('no release refuses an option that it has, and each refuses one that it does not have yet', () => {
  for (const { name, scope, platform } of options) {
    if (scope === 'client' || platform === 'windows') continue;
    const since = firstRelease(name);
    if (since === undefined) continue;
    for (const release of releases) {
      const found = findingsOf(at(release, `${name}=1\n`)).some(({ rule }) => rule === 'conf/option-not-yet');
      assert.equal(found, compareReleases(release, since) < 0, `${name} in ${release}`);
    }
  }
});

describe('editing a file for a release', () => {
  const labels = (release: string) => {
    const document = at(release, '');
    return completion(document, document.source.text.length).map(({ label }) => label);
  };

  test('proposes what that release has', () => {
    assert.ok(!labels('1.36').includes('session-max-unacked'));
    assert.ok(labels('1.37').includes('session-max-unacked'));
    assert.ok(!labels('0.20').includes('ha-queue-replication'));
  });

  test('proposes snippets of options that the release has', () => {
    assert.ok(labels('0.22').some((label) => label.startsWith('stand-alone')));
    assert.ok(!labels('0.16').some((label) => label.startsWith('stand-alone')));
  });

  test('says since when there is an option, and that the release lacks it', () => {
    const document = at('1.36', 'session-max-unacked=1\n');
    assert.match(hover(document, 30)?.markdown ?? '', /Since: 1\.37; not in 1\.36/);
    assert.match(hover(at('1.39', 'session-max-unacked=1\n'), 30)?.markdown ?? '', /Since: 1\.37\n/);
  });

  test('tells of an option that only older releases have', () => {
    const markdown = hover(at('0.16', 'ha-brokers=a,b\n'), 26)?.markdown ?? '';
    assert.match(markdown, /an option of 0\.16/);
    assert.match(markdown, /Since: 0\.16; last in: 0\.16/);
  });

  test('marks what the release does not have', () => {
    const types = (document: ConfDocument) =>
      semanticTokens(document, { start: 0, end: 100 }).map(({ type }) => type)[0];
    assert.equal(types(at('1.36', 'session-max-unacked=1\n')), 'invalid');
    assert.equal(types(at('1.37', 'session-max-unacked=1\n')), 'property');
  });
});
