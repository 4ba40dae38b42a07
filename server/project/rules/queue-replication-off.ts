import { quotable } from '../../manifest/addresses';
import type { ConfDocument } from '../../qpidd-conf/model';
import type { Fix } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import type { Span } from '../../text/span';
import { declaredMembers, firstLine } from '../members';
import type { Project } from '../project';
import {
  type ConfigUse,
  configUses,
  enableQueueReplication,
  obstacleOf,
  type QueueReplication,
  queueReplicationOf,
} from '../queue-replication';
import { relativePath } from '../uris';

export const queueReplicationOff: Rule<Project> = {
  id: 'ha/queue-replication-off',
  title: 'A stand-alone broker does not enable queue replication',
  severity: 'error',
  why: 'A broker that is no member of a cluster takes part in queue replication only with `ha-queue-replication=yes`. Without it a replica broker refuses to replicate (`No object found with ID=…ha-broker`), and an origin lets its messages be copied but never tells the replica which of them were consumed, so that the replica only grows.\n\nThis is an error where a manifest uses the broker, and a warning where the option is merely missing. An explicit `no` is taken as meant.',
  source: 'HaPlugin.cpp:77, HaBroker.cpp:131; measured on both sides.',
  bad: [
    {
      files: { 'qpidd.conf': 'port=5672\nauth=no\n' },
      fixed: { 'qpidd.conf': 'port=5672\nauth=no\nha-queue-replication=yes\n' },
    },
    {
      files: {
        'replicas.qpid.yaml': manifest(),
        'node1/qpidd.conf': 'ha-queue-replication=yes\n',
        'node2/qpidd.conf': 'auth=no\nha-queue-replication=no\n',
      },
      fixed: { 'node2/qpidd.conf': 'auth=no\nha-queue-replication=yes\n' },
    },
    {
      files: {
        'replicas.qpid.yaml': manifest(),
        'node1/qpidd.conf': 'auth=no\r\nport=5672',
        'node2/qpidd.conf': 'ha-queue-replication=yes\n',
      },
      fixed: { 'node1/qpidd.conf': 'auth=no\r\nport=5672\r\nha-queue-replication=yes' },
    },
  ],
  good: [
    { files: { 'qpidd.conf': 'ha-queue-replication=yes\n' } },
    { files: { 'qpidd.conf': 'ha-queue-replication=no\n' } },
    { files: { 'qpidd.conf': 'ha-cluster=yes\nha-brokers-url=node1,node2\n' } },
  ],
  check(project, report) {
    const uses = configUses(project);
    const members = declaredMembers(project);
    for (const [uri, conf] of project.confs) {
      // What they have to enable is another option.
      if (members.has(uri)) continue;
      const state = queueReplicationOf(conf);
      if (state.kind === 'on') continue;
      const used = uses.get(uri);
      if (used === undefined) {
        // Without its module even "no" would be refused.
        const obstacle = obstacleOf(conf);
        const possible = conf.source.text !== '' && obstacle !== 'module' && obstacle !== 'release';
        if (state.kind === 'unset' && possible) report(merelyMissing(conf, state));
        continue;
      }
      const fix = enableQueueReplication(conf, state);
      report(inConf(conf, state, used, fix));
      for (const use of used) report(inManifest(conf, state, use, fix));
    }
  },
};

function merelyMissing(conf: ConfDocument, state: QueueReplication): FindingDraft {
  const fix = enableQueueReplication(conf, state);
  return {
    severity: 'warning',
    uri: conf.source.uri,
    span: placeIn(conf, state),
    message: `This stand-alone broker does not enable queue replication: set "ha-queue-replication=yes"${besides(conf)}, or "no" if that is meant.`,
    ...(fix && { fix: { ...fix, onRequest: true } }),
  };
}

function inConf(
  conf: ConfDocument,
  state: QueueReplication,
  uses: readonly ConfigUse[],
  fix: Fix | undefined,
): FindingDraft {
  const [first] = uses;
  const tasks = uses.map(({ link: { broker } }) => `"${quotable(broker.name.value)}"`);
  const who = `broker ${[...new Set(tasks)].join(' and ')}`;
  return {
    uri: conf.source.uri,
    span: placeIn(conf, state),
    message: `${says(state)}, but ${who} ${first === undefined ? '' : task(first)}: ${cure}${besides(conf)}.`,
    related: uses.map(({ link }) => ({
      uri: link.manifest.source.uri,
      span: link.path.span,
      message: `The manifest uses this file for "${quotable(link.broker.name.value)}".`,
    })),
    ...(fix && { fix }),
  };
}

function inManifest(
  conf: ConfDocument,
  state: QueueReplication,
  use: ConfigUse,
  fix: Fix | undefined,
): FindingDraft {
  const { manifest, broker, path } = use.link;
  const { uri } = manifest.source;
  const file = quotable(relativePath(uri, conf.source.uri));
  return {
    uri,
    span: path.span,
    message: `Broker "${quotable(broker.name.value)}" ${task(use)}, but ${file} does not enable queue replication: ${cure}${besides(conf)}.`,
    related: [{ uri: conf.source.uri, span: placeIn(conf, state), message: `${says(state)}.` }],
    ...(fix && { fix: { ...fix, title: `${fix.title} in ${file}` } }),
  };
}

function says(state: QueueReplication): string {
  switch (state.kind) {
    case 'off':
      return 'Queue replication is switched off here';
    case 'invalid':
      return 'Queue replication is not enabled by this value';
    case 'unset':
    case 'on':
      return 'Queue replication is not enabled in this file';
  }
}

const cure = 'it needs "ha-queue-replication=yes"';

function task({ originOf, replicaOf }: ConfigUse): string {
  const [copied, held] = [originOf[0], replicaOf[0]];
  const tasks = [
    ...(copied === undefined ? [] : [`is the origin of ${queues(copied, originOf.length)}`]),
    ...(held === undefined ? [] : [`holds the replica of ${queues(held, replicaOf.length)}`]),
  ];
  return tasks.join(' and ');
}

function queues(first: string, count: number): string {
  return count === 1 ? `"${quotable(first)}"` : `"${quotable(first)}" and ${count - 1} more`;
}

function besides(conf: ConfDocument): string {
  switch (obstacleOf(conf)) {
    case 'module':
      return ', and "load-module" with the full path of ha.so';
    case 'release':
      return ', and a broker of release 0.22 or newer';
    case 'management':
      return ', and "mgmt-enable=yes"';
    case undefined:
      return '';
  }
}

/** The value that disables it; for what is not written anywhere, the first setting, or else the first line. */
function placeIn(conf: ConfDocument, state: QueueReplication): Span {
  if (state.kind === 'off' || state.kind === 'invalid') return state.setting.value;
  return firstLine(conf);
}

function manifest(): string {
  return 'version: 1\nbrokers:\n  node1:\n    address: node1\n    config: node1/qpidd.conf\n  node2:\n    address: node2\n    config: node2/qpidd.conf\nreplications:\n  - queue: myqueue\n    from: node1\n    to: node2\n';
}
