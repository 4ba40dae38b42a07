import { quotable } from '../../manifest/addresses';
import { isClusterMember } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterExample } from '../examples';
import { knownClusters, placeOfOption } from '../members';
import type { Project } from '../project';

export const notInCluster: Rule<Project> = {
  id: 'ha/not-in-cluster',
  title: 'A member of a cluster does not enable it',
  severity: 'error',
  why: 'This file is declared to be that of a member of a cluster, in a manifest or in the project configuration. Without `ha-cluster=yes` the broker is none: it starts as a stand-alone broker, accepts clients, keeps no copy of what the others have, and nothing of what is sent to it is on any other member. A backup of the cluster needs `ha-brokers-url` besides, with the addresses of all members.',
  source: 'HaPlugin.cpp:77, HaBroker.cpp initialize; measured',
  bad: [
    clusterExample('ha-cluster=yes\n', 'ha-cluster=no\n'),
    clusterExample('ha-cluster=yes\n', 'ha-queue-replication=yes\n'),
  ],
  good: [clusterExample('ha-cluster=yes\n', 'ha-cluster=yes\n')],
  check(project, report) {
    for (const { cluster, members } of knownClusters(project)) {
      for (const { conf, member } of members) {
        if (isClusterMember(conf) || isUnclear(conf)) continue;
        report({
          uri: conf.source.uri,
          span: placeOfOption(conf, 'ha-cluster'),
          message: `This broker is declared a member of the cluster "${quotable(cluster.name)}", and is none: set "ha-cluster=yes", with "ha-brokers-url".`,
          related: [
            { uri: member.uri, span: member.span, message: 'The file is named as that of a member.' },
          ],
        });
      }
    }
  },
};

/** A value that is neither yes nor no is a finding of its own. */
function isUnclear(conf: ConfDocument): boolean {
  const setting = settingOf(conf, 'ha-cluster');
  return setting !== undefined && setting.understood.kind !== 'boolean';
}
