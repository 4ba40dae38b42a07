import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintProject } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import { projectRules } from '../../server/project/rules';
import { applyEdits } from '../../server/text/edit';
import type { Finding } from '../../server/text/finding';
import type { ExampleFiles } from '../../server/text/rule';
import { anyConf, haConf } from '../qpidd-conf/arbitrary';
import fc from '../support/fast-check';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

/** Files that resemble each other, as those of one deployment do: a common part, and a few lines of their own. */

const common: readonly string[] = [
  'ha-cluster=yes\nha-brokers-url=n1,n2,n3\n',
  'ha-cluster=yes\nha-brokers-url=n1,n2,n3\nha-replicate=all\nauth=no\n',
  'ha-cluster=yes\nha-brokers-url=127.0.0.1:5672,127.0.0.1:5673\nha-replicate=all\n',
  'ha-cluster=yes\nha-brokers-url=n1,n2\nacl-file=/etc/a.acl\nha-username=u\nha-password=hunter2\nha-mechanism=PLAIN\n',
  'ha-queue-replication=yes\n',
  'ha-queue-replication=yes\nauth=no\n',
  'ha-queue-replication=yes\nacl-file=/etc/a.acl\nha-username=u\nha-password=hunter2\n',
  '',
];

const ownLines: readonly string[] = [
  'ha-brokers-url=n1,n2',
  'ha-brokers-url=n1.example.org,n2.example.org,n4',
  'ha-brokers-url=10.0.0.1,10.0.0.2,10.0.0.3',
  'ha-replicate=configuration',
  'ha-replicate=all',
  'ha-replicate=All',
  'ha-username=v',
  'ha-password=hunter2hunter2',
  'ha-mechanism=DIGEST-MD5',
  'ha-mechanism=PLAIN',
  'realm=EAST',
  'realm=',
  'auth=yes',
  'auth=no',
  'require-encryption=yes',
  'acl-file=/etc/b.acl',
  'ssl-cert-db=/d',
  'port=5673',
  'port=0',
  'ssl-port=5673',
  'interface=lo',
  'listen-disable=tcp',
  'listen-disable=ssl',
  'data-dir=/var/lib/qpidd',
  'default-queue-limit=0',
  'default-queue-limit=1000',
  'default-queue-limit=-1',
  'default-flow-stop-threshold=90',
  'default-flow-resume-threshold=85',
  'max-connections=2',
  'connection-limit-per-user=1',
  'protocols=amqp1.0',
  'protocols=amqp0-10',
  'link-heartbeat-interval=5',
  'link-heartbeat-interval=120',
  'link-maintenance-interval=60',
  'link-maintenance-interval=0.5',
  'no-module-dir=yes',
  'load-module=/m/linearstore.so',
  'load-module=/m/ha.so',
  'mgmt-enable=no',
];

const sibling = fc
  .tuple(
    fc.oneof(fc.constant([]), fc.array(fc.constantFrom(...ownLines), { maxLength: 3 })),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, lineEnd, ended]) => (text: string) => {
    const set = new Set(lines.map((line) => line.split('=')[0]));
    const others = text.split('\n').filter((line) => line !== '' && !set.has(line.split('=')[0]));
    const all = [...others, ...lines];
    return all.join(lineEnd) + (ended ? lineEnd : '');
  });

const confs = fc
  .tuple(fc.constantFrom(...common), fc.array(sibling, { minLength: 4, maxLength: 4 }))
  .map(([text, makers]) => makers.map((make) => make(text)));

const oddConfs = fc.array(fc.oneof(anyConf, haConf), { minLength: 4, maxLength: 4 });

const broker = (name: string) =>
  fc
    .record({
      address: fc.constantFrom(
        'n1',
        'n1,n2',
        'n1,n2,n3',
        'ssl:n1:5671',
        'amqps://n1',
        'n9:5673',
        'h:',
        '127.0.0.1:5673',
      ),
      config: fc.constantFrom(
        'a',
        '[a, b]',
        '[a, b, c]',
        '[a, b, c]',
        '[a, b, c]',
        '[b, a, b, none]',
        'd',
        '[]',
      ),
      more: fc.constantFrom('', ', primaryScript: x', ', clusterConf: y'),
    })
    .map(({ address, config, more }) => `  ${name}: {address: "${address}", config: ${config}${more}}\n`);

const replication = fc
  .record({
    from: fc.constantFrom('east', 'west', 'none'),
    to: fc.constantFrom('west', 'east'),
    link: fc.constantFrom(
      '',
      'linkAddress: n1',
      'linkAddress: n1,n2',
      'linkAddress: ssl:n1:5671',
      'linkAddress: "u:hunter2@n1"',
    ),
    create: fc.constantFrom('', 'create: never'),
    state: fc.constantFrom('', '', 'state: stopped'),
  })
  .map(({ from, to, ...keys }) => {
    const lines = Object.values(keys).filter((line) => line !== '');
    return `  - queue: q\n    from: ${from}\n    to: ${to}\n${lines.map((line) => `    ${line}\n`).join('')}`;
  });

const projects = fc
  .tuple(
    broker('east'),
    broker('west'),
    fc.array(replication, { maxLength: 3 }),
    fc.oneof({ weight: 4, arbitrary: confs }, oddConfs),
  )
  .map(
    ([east, west, replications, texts]): ExampleFiles => ({
      'r.qpid.yaml': `version: 1\nbrokers:\n${east}${west}replications:\n${replications.join('')}`,
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name, index) => [name, texts[index] ?? ''])),
    }),
  );

const entries = ['r.qpid.yaml'].map((name) => ({ uri: exampleUri(name) }));

function lint(files: ExampleFiles): readonly Finding[] {
  const modes = Object.fromEntries(Object.keys(files).map((name) => [name, 0o644]));
  return lintProject(openProject(memoryFiles(files, modes), entries));
}

const own = new Set<string>(projectRules.map(({ id }) => id));

describe('any project', () => {
  it('is judged without a fault, and every place that is named lies in its file', () => {
    fc.assert(
      fc.property(projects, (files) => {
        for (const finding of lint(files)) {
          for (const { uri, span } of [finding, ...(finding.related ?? []), ...(finding.fix?.edits ?? [])]) {
            const text = files[uri.slice(memoryRoot.length + 1)];
            assert.ok(text !== undefined, uri);
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, finding.message);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('loses a finding between its files by its fix, and gets no other', () => {
    fc.assert(
      fc.property(projects, (files) => {
        const before = lint(files);
        for (const finding of before) {
          // What switches queue replication on also brings in what is wrong with it.
          if (
            finding.fix === undefined ||
            !own.has(finding.rule) ||
            finding.rule === 'ha/queue-replication-off'
          )
            continue;
          const { edits } = finding.fix;
          const fixed = Object.fromEntries(
            Object.entries(files).map(([name, text]) => [
              name,
              applyEdits(
                text,
                edits.filter(({ uri }) => uri === exampleUri(name)),
              ),
            ]),
          );
          const after = lint(fixed);
          const isSame = (other: Finding) =>
            other.rule === finding.rule && other.message === finding.message && other.uri === finding.uri;
          assert.ok(after.filter(isSame).length < before.filter(isSame).length, `${finding.message} remains`);
          // Another member may then be the one that differs; there are no more of them.
          const count = (findings: readonly Finding[], rule: string) =>
            findings.filter((other) => other.rule === rule).length;
          for (const { rule, message } of after)
            assert.ok(
              count(after, rule) <= count(before, rule),
              `${finding.rule}: ${finding.fix.title} → ${rule}: ${message}`,
            );
        }
      }),
      { numRuns: 600 },
    );
  });

  it('shows no password', () => {
    fc.assert(
      fc.property(projects, (files) => {
        for (const { rule, message, fix, related } of lint(files)) {
          if (!own.has(rule)) continue;
          const said = [message, fix?.title, ...(related ?? []).map((place) => place.message)];
          for (const { newText } of fix?.edits ?? []) said.push(newText);
          assert.doesNotMatch(said.join('\n'), /hunter2/, rule);
        }
      }),
      { numRuns: 300 },
    );
  });
});
