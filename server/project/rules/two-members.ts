import { quotable } from '../../manifest/addresses';
import { clusterUrlOf } from '../../qpidd-conf/ha';
import type { Rule } from '../../text/rule';
import { clusterExample } from '../examples';
import { activeMembers, type KnownCluster, knownClusters } from '../members';
import type { Project } from '../project';

export const twoMembers: Rule<Project> = {
  id: 'ha/two-members',
  title: 'Cluster of two members, which cannot tell who has failed',
  severity: 'info',
  why: 'When two members lose sight of each other, each may be the one that is alone. The broker never refuses to be promoted, so that both can be primaries, with different messages, of which one lot is lost when they meet again. A cluster manager with a third vote, of a third member or of a quorum disk, and with fencing, prevents that. Name its `clusterConf` in the manifest, and nothing is reported.',
  source: 'ha/Backup.cpp:116; measured: two active brokers',
  bad: [clusterExample(member('node1,node2'), member('node1,node2'))],
  good: [
    clusterExample(member('node1,node2,node3'), member('node1,node2,node3'), member('node1,node2,node3')),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      if (!hasTwo(cluster) || hasManager(project, cluster)) continue;
      const { uri, span, name } = cluster.cluster;
      report({
        uri,
        span,
        message: `The cluster "${quotable(name)}" has two members: when they lose sight of each other, both can become the primary. Add a third, or a manager with a quorum disk and fencing, named by "clusterConf".`,
      });
    }
  },
};

/** By the declaration, unless the members list more; without declared addresses by the files and the lists. */
function hasTwo(known: KnownCluster): boolean {
  const { addresses } = known.cluster;
  if (known.members.length > 2 || (addresses.length !== 2 && addresses.length !== 0)) return false;
  const lists = activeMembers(known).map(({ conf }) => clusterUrlOf(conf)?.url.members.length ?? 0);
  if (addresses.length === 2) return lists.length > 0 && lists.every((count) => count <= 2);
  return lists.length === 2 && lists.every((count) => count === 2);
}

function hasManager({ manifests }: Project, { cluster }: KnownCluster): boolean {
  const brokers = manifests.get(cluster.uri)?.manifest.brokers ?? [];
  return brokers.some(({ name, clusterConf }) => name.value === cluster.name && clusterConf !== undefined);
}

function member(url: string): string {
  return `ha-cluster=yes\nha-brokers-url=${url}\nha-replicate=all\n`;
}
