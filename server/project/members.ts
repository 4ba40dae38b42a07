import { quotable } from '../manifest/addresses';
import { isClusterMember, modeSetting, placeOf } from '../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import { type Span, span } from '../text/span';
import type { ClusterMember, Project, ProjectCluster } from './project';
import { relativePath } from './uris';

/** A member of a cluster whose file could be read. */
export interface Member {
  readonly member: ClusterMember;
  readonly conf: ConfDocument;
}

export interface KnownCluster {
  readonly cluster: ProjectCluster;
  /** Each file once, in the order of the declaration. */
  readonly members: readonly Member[];
}

/** The clusters whose files could be read; one that is declared in several places only once. */
export function knownClusters(project: Project): readonly KnownCluster[] {
  const known = clustersOfProjects.get(project) ?? distinctClusters(project);
  clustersOfProjects.set(project, known);
  return known;
}

/** Many rules ask for the same. */
const clustersOfProjects = new WeakMap<Project, readonly KnownCluster[]>();

function distinctClusters(project: Project): readonly KnownCluster[] {
  const clusters = new Map<string, KnownCluster>();
  for (const cluster of project.clusters) {
    const members = membersOf(cluster, project.confs);
    const key = cluster.members
      .map(({ conf }) => conf)
      .sort()
      .join('\n');
    const other = clusters.get(key);
    // The declaration that tells more counts.
    if (other === undefined || other.cluster.addresses.length < cluster.addresses.length)
      clusters.set(key, { cluster, members });
  }
  return [...clusters.values()];
}

function membersOf(
  cluster: ProjectCluster,
  confs: ReadonlyMap<DocumentUri, ConfDocument>,
): readonly Member[] {
  const members = new Map<DocumentUri, Member>();
  for (const member of cluster.members) {
    const conf = confs.get(member.conf);
    if (conf === undefined || conf.notText !== undefined || members.has(member.conf)) continue;
    members.set(member.conf, { member, conf });
  }
  return [...members.values()];
}

/** Those that are members by what their files say, too: of the others nothing else matters yet. */
export function activeMembers({ members }: KnownCluster): readonly Member[] {
  return members.filter(({ conf }) => isClusterMember(conf));
}

/** Files that are declared to be of a member of a cluster. */
export function declaredMembers({ clusters }: Project): ReadonlySet<DocumentUri> {
  return new Set(clusters.flatMap(({ members }) => members.map(({ conf }) => conf)));
}

/** How a message names the file of a member: as it is written where the cluster is declared. */
export function nameOf({ member, conf }: Member): string {
  return quotable(relativePath(member.uri, conf.source.uri));
}

/** Where to show that something is wrong with an option: at its value, or else where HA is switched on. */
export function placeOfOption(conf: ConfDocument, option: string): Span {
  const setting = settingOf(conf, option) ?? modeSetting(conf);
  return setting === undefined ? firstLine(conf) : placeOf(setting);
}

/**
 * The first setting, else the first line with anything but a comment, else the first line: for what is not written
 * anywhere. A comment above, which may hide the finding, does not move it.
 */
export function firstLine(conf: ConfDocument): Span {
  const [first] = conf.settings;
  if (first !== undefined) return span(first.key.start, Math.max(first.key.end, first.value.end));
  const start = conf.byteOrderMark?.end ?? 0;
  const text = conf.source.text.slice(start);
  const line = /^(?!\s*(?:#|$)).*/m.exec(text) ?? /^.*/.exec(text);
  const from = start + (line?.index ?? 0);
  return span(from, from + (line?.[0].trimEnd().length ?? 0));
}
