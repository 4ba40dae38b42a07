import { isClusterMember } from '../../qpidd-conf/ha';
import { settingOf } from '../../qpidd-conf/model';
import { good } from '../../qpidd-conf/rules/report';
import type { DocumentUri } from '../../text/document';
import type { Rule } from '../../text/rule';
import { activeMembers, knownClusters } from '../members';
import { spelledValue } from '../option-differs';
import type { Project } from '../project';

const option = 'ha-replicate';

export const nothingReplicated: Rule<Project> = {
  id: 'ha/nothing-replicated',
  title: 'Cluster that replicates nothing by default',
  severity: 'warning',
  why: 'The default of `ha-replicate` is `none`: the backups become ready, and hold no queue but those that were created with the argument `qpid.replicate`. At the first fail-over all others are gone with their messages. Where that is meant, write `ha-replicate=none`. The value must be the same on all members: that another member has it set is a finding of its own.',
  source: 'ha/Settings.h:40; measured',
  bad: [good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\n')],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=none\n'),
    good('ha-queue-replication=yes\n'),
  ],
  check(project, report) {
    const divided = dividedMembers(project);
    for (const conf of project.confs.values()) {
      const mode = settingOf(conf, 'ha-cluster');
      if (mode === undefined || !isClusterMember(conf) || divided.has(conf.source.uri)) continue;
      if (settingOf(conf, option) !== undefined) continue;
      report({
        uri: conf.source.uri,
        span: mode.key,
        message:
          'This cluster replicates no queue, unless it is created with "qpid.replicate": set "ha-replicate=all", or "none" if that is meant.',
      });
    }
  },
};

/** Members of clusters whose files do not agree. */
function dividedMembers(project: Project): ReadonlySet<DocumentUri> {
  const divided = knownClusters(project)
    .map(activeMembers)
    .filter((members) => new Set(members.map(({ conf }) => spelledValue(conf, option))).size > 1);
  return new Set(divided.flat().map(({ conf }) => conf.source.uri));
}
