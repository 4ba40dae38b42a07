import { quoted } from '../../qpidd-conf/describe';
import { formatAddress, type UrlSetting } from '../../qpidd-conf/ha';
import type { FindingDraft, Rule } from '../../text/rule';
import { compareAddresses } from '../addresses';
import { clusterExample, clusterFiles } from '../examples';
import { differingUrls, mismatch } from '../member-urls';
import { activeMembers, type KnownCluster, knownClusters, nameOf } from '../members';
import type { Outlier } from '../outliers';
import type { Project } from '../project';
import { setOption } from '../set-option';

const option = 'ha-brokers-url';

export const brokersUrlDiffers: Rule<Project> = {
  id: 'ha/brokers-url-differs',
  title: 'Members of a cluster that list different addresses',
  severity: 'warning',
  why: 'Every member finds the primary by trying the addresses in its own `ha-brokers-url`. A backup whose list lacks the primary stays in state `joining`, holds nothing, and logs nothing about it; one whose list lacks another member loses the cluster when that one is promoted. The order is of no importance. A short name and the full name that begins with it count as one host; a name and a number cannot be compared.',
  source: 'ha/HaBroker.cpp:178, broker/Link.cpp:544; measured',
  bad: [
    clusterExample(member('node1,node2,node3'), member('node1,node2')),
    {
      files: clusterFiles(
        member('node1,node2,node3'),
        member('node1,node2,nod3'),
        member('node3,node2,node1:5672'),
      ),
      fixed: { 'node2/qpidd.conf': member('node1,node2,node3') },
    },
  ],
  good: [
    clusterExample(member('node1,node2'), member('node2:5672,NODE1')),
    clusterExample(member('node1,node2'), member('node1.example.org,node2.example.org')),
    clusterExample(member('node1,node2'), member('10.0.0.1,10.0.0.2')),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      for (const outlier of differingUrls(project, activeMembers(cluster))) report(finding(cluster, outlier));
    }
  },
};

function finding(
  cluster: KnownCluster,
  { member, value, reference, expected, alone }: Outlier<UrlSetting>,
): FindingDraft {
  const { missing, extra } = compareAddresses(value.url.members, expected.url.members) ?? {
    missing: [],
    extra: [],
  };
  const [lacks, has] = [missing, extra].map((addresses) =>
    addresses.map(formatAddress).map(quoted).join(', '),
  );
  const other = nameOf(reference);
  const what =
    extra.length === 0
      ? `This list lacks ${lacks}, which ${other} has`
      : missing.length === 0
        ? `This list has ${has}, which ${other} lacks`
        : `This list has ${has} where ${other} has ${lacks}`;
  // A list that is wrong by the declaration is no cure.
  const copies = alone && mismatch(cluster, expected) === undefined;
  const fix = copies ? setOption(member.conf, option, expected.setting.text) : undefined;
  return {
    uri: member.conf.source.uri,
    span: value.setting.value,
    message: `${what}: a backup finds the primary only at an address of its own list. List all members everywhere.`,
    related: [
      {
        uri: reference.conf.source.uri,
        span: expected.setting.value,
        message: 'Another member of the cluster has these addresses.',
      },
    ],
    ...(fix && { fix }),
  };
}

function member(url: string): string {
  return `ha-cluster=yes\nha-brokers-url=${url}\nha-replicate=all\n`;
}
