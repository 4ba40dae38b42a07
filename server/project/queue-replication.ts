import { isComplete, type ManifestBroker } from '../manifest/model';
import { findOption } from '../qpidd-conf/catalogue';
import { type ConfDocument, effectiveBoolean, type Setting, settingOf } from '../qpidd-conf/model';
import { existsIn } from '../qpidd-conf/release-history';
import type { DocumentUri } from '../text/document';
import type { Fix } from '../text/finding';
import type { ConfigLink, Project } from './project';
import { appendedLine } from './set-option';

/** The option that lets a stand-alone broker be an origin or hold replicas. */
export const queueReplicationOption = 'ha-queue-replication';

/** What a qpidd.conf says about queue replication. */
export type QueueReplication =
  /** Enabled, or part of a cluster, or there is no telling. */
  | { readonly kind: 'on' }
  /** Set to `no`, or to a value that the broker refuses. */
  | { readonly kind: 'off' | 'invalid'; readonly setting: Setting }
  | { readonly kind: 'unset' };

/** HaPlugin.cpp: a member of a cluster (`ha-cluster=yes`) has it on already. */
export function queueReplicationOf(conf: ConfDocument): QueueReplication {
  if (conf.notText !== undefined) return { kind: 'on' };
  const cluster = settingOf(conf, 'ha-cluster')?.parsed;
  // A value that is neither yes nor no is a finding of its own, and leaves open what was meant.
  if (cluster !== undefined && !(cluster.kind === 'boolean' && !cluster.value)) return { kind: 'on' };
  const setting = settingOf(conf, queueReplicationOption);
  if (setting === undefined) return { kind: 'unset' };
  if (setting.parsed.kind !== 'boolean') return { kind: 'invalid', setting };
  return setting.parsed.value ? { kind: 'on' } : { kind: 'off', setting };
}

/** What else keeps a broker from replicating queues, so that the option alone would not do. */
export type Obstacle =
  /** The broker of the file is of a release that has no such option. */
  | 'release'
  /** The option itself is unknown to a broker that does not load ha.so: it would refuse to start. */
  | 'module'
  /** HaPlugin.cpp:79: `Cannot start HA: management is disabled`, and the broker goes on without. */
  | 'management';

export function obstacleOf(conf: ConfDocument): Obstacle | undefined {
  const option = findOption(queueReplicationOption);
  if (option !== undefined && !existsIn(option, conf.release)) return 'release';
  if (conf.modules.absence('ha.so') !== undefined && !conf.modules.foreign) return 'module';
  return effectiveBoolean(conf, 'mgmt-enable') ? undefined : 'management';
}

/** What surely enables it: another value, or one more line. */
export function enableQueueReplication(conf: ConfDocument, state: QueueReplication): Fix | undefined {
  const { uri } = conf.source;
  if (state.kind === 'on' || obstacleOf(conf) !== undefined) return undefined;
  const edit =
    state.kind === 'unset'
      ? appendedLine(conf.source.text, `${queueReplicationOption}=yes`)
      : { span: state.setting.value, newText: 'yes' };
  const title = state.kind === 'unset' ? 'Add' : 'Change it to';
  return { title: `${title} "${queueReplicationOption}=yes"`, edits: [{ uri, ...edit }] };
}

/** A broker of a manifest that is configured by a file, and the queues that are replicated from or to it. */
export interface ConfigUse {
  readonly link: ConfigLink;
  readonly originOf: readonly string[];
  readonly replicaOf: readonly string[];
}

/** By configuration file, where it is used in a replication, in the order of the manifests. */
export function configUses(project: Project): ReadonlyMap<DocumentUri, readonly ConfigUse[]> {
  const roles = new Map([...project.manifests.values()].map(({ manifest }) => [manifest, rolesIn(manifest)]));
  const uses = new Map<DocumentUri, ConfigUse[]>();
  for (const link of project.links) {
    const role = roles.get(link.manifest.manifest)?.get(link.broker.name.value);
    if (role === undefined) continue;
    const others = uses.get(link.conf);
    if (others === undefined) uses.set(link.conf, [{ link, ...role }]);
    else others.push({ link, ...role });
  }
  return uses;
}

interface Roles {
  readonly originOf: string[];
  readonly replicaOf: string[];
}

function rolesIn({
  replications,
}: ConfigLink['manifest']['manifest']): ReadonlyMap<ManifestBroker['name']['value'], Roles> {
  const roles = new Map<string, Roles>();
  const of = (broker: string): Roles => {
    const known = roles.get(broker) ?? { originOf: [], replicaOf: [] };
    roles.set(broker, known);
    return known;
  };
  for (const replication of replications) {
    if (!isComplete(replication)) continue;
    of(replication.from.value).originOf.push(replication.queue.value);
    of(replication.to.value).replicaOf.push(replication.queue.value);
  }
  return roles;
}
