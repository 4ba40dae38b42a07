import type { Rule } from '../../text/rule';
import { isClusterMember } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const nothingReplicated: Rule<ConfDocument> = {
  id: 'ha/nothing-replicated',
  title: 'Cluster that replicates nothing by default',
  severity: 'warning',
  why: 'The default of `ha-replicate` is `none`: the backups become ready, and hold no queue but those that were created with the argument `qpid.replicate`. At the first fail-over all others are gone with their messages. Where that is meant, write `ha-replicate=none`. The value must be the same on all members.',
  source: 'ha/Settings.h:40; measured',
  bad: [bad('ha-cluster=yes\nha-brokers-url=node1,node2,node3\n')],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=none\n'),
    good('ha-queue-replication=yes\n'),
  ],
  check(document, report) {
    const mode = settingOf(document, 'ha-cluster');
    if (mode === undefined || !isClusterMember(document)) return;
    if (settingOf(document, 'ha-replicate') !== undefined) return;
    report({
      uri: document.source.uri,
      span: mode.key,
      message:
        'This cluster replicates no queue, unless it is created with "qpid.replicate": set "ha-replicate=all", or "none" if that is meant.',
    });
  },
};
