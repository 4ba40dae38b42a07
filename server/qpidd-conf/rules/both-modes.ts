import type { Rule } from '../../text/rule';
import { isClusterMember } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf, settingsOf } from '../model';
import { bad, fixBy, good, removal } from './report';

export const bothModes: Rule<ConfDocument> = {
  id: 'ha/both-modes',
  title: 'Queue replication enabled beside the cluster that has it anyway',
  severity: 'info',
  why: 'A member of a cluster can be the origin of replicas and hold replicas without `ha-queue-replication`: the option is for stand-alone brokers, and adds nothing to `ha-cluster=yes`.',
  source: 'ha/HaPlugin.cpp:77; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-queue-replication=yes\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\n',
    ),
  ],
  good: [good('ha-queue-replication=yes\n'), good('ha-cluster=no\nha-queue-replication=yes\n')],
  check(document, report) {
    const setting = settingOf(document, 'ha-queue-replication');
    if (setting === undefined || !isClusterMember(document)) return;
    if (!effectiveBoolean(document, 'ha-queue-replication')) return;
    report({
      uri: document.source.uri,
      span: setting.key,
      message: 'A member of a cluster takes part in queue replication anyway: the line can go.',
      ...(settingsOf(document, 'ha-queue-replication').length === 1
        ? { fix: fixBy('Remove the line', removal(document, setting.line)) }
        : {}),
    });
  },
};
