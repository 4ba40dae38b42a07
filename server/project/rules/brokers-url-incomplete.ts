import { clusterUrlOf, type UrlSetting } from '../../qpidd-conf/ha';
import type { ConfDocument } from '../../qpidd-conf/model';
import { duplicateAddress } from '../../qpidd-conf/rules/duplicate-address';
import { singleAddress } from '../../qpidd-conf/rules/single-address';
import type { FindingDraft, Rule } from '../../text/rule';
import { clusterExample, clusterFiles } from '../examples';
import { differingUrls, mismatch } from '../member-urls';
import { activeMembers, type KnownCluster, knownClusters } from '../members';
import type { Project } from '../project';
import { isReported } from '../reported';

export const brokersUrlIncomplete: Rule<Project> = {
  id: 'ha/brokers-url-incomplete',
  title: 'Cluster whose members list more or fewer members than are declared',
  severity: 'warning',
  why: 'The members of this cluster are declared in a manifest or in the project configuration, and in `ha-brokers-url`. A member that is missing from the latter is found by nobody: as soon as it is the primary, the backups stay in state `joining`. And a broker that has no address in the list does not know its own, which tools then do not show. Where the list is right, correct the declaration: the replica brokers of this cluster find its primary only at the addresses that a manifest gives them.',
  source: 'ha/HaBroker.cpp:178, broker/Link.cpp:544; measured',
  bad: [
    { files: clusterFiles(member('node1,node2'), member('node1,node2'), member('node1,node2')) },
    { files: clusterFiles(member('node1,node2,node3'), member('node1,node2,node3')) },
    { files: clusterFiles(member('node1,node4'), member('node1,node4')) },
  ],
  good: [
    clusterExample(member('node1,node2'), member('node1,node2')),
    clusterExample(member('10.0.0.1,10.0.0.2'), member('10.0.0.1,10.0.0.2')),
    clusterExample(member('a.internal,b.internal'), member('a.internal,b.internal')),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      const members = activeMembers(cluster);
      // Where they do not agree, that comes first.
      if (differingUrls(project, members).length > 0) continue;
      for (const { conf } of members) {
        const url = clusterUrlOf(conf);
        if (url === undefined || isReported(conf, singleAddress, duplicateAddress)) continue;
        const what = mismatch(cluster, url);
        if (what !== undefined) report(finding(cluster, conf, url, what));
      }
    }
  },
};

function finding({ cluster }: KnownCluster, conf: ConfDocument, url: UrlSetting, what: string): FindingDraft {
  return {
    uri: conf.source.uri,
    span: url.setting.value,
    message: `${what}: the list must have the addresses of all members, and of no others.`,
    related: [{ uri: cluster.uri, span: cluster.span, message: 'The cluster is declared here.' }],
  };
}

function member(url: string): string {
  return `ha-cluster=yes\nha-brokers-url=${url}\nha-replicate=all\n`;
}
