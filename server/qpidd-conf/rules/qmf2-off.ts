import type { Rule } from '../../text/rule';
import { isClusterMember, placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const qmf2Off: Rule<ConfDocument> = {
  id: 'ha/qmf2-off',
  title: 'Cluster without QMFv2, whose backups miss all that is new',
  severity: 'warning',
  why: 'A backup learns of new queues, exchanges and bindings from QMFv2 events of the primary. With `mgmt-qmf2=no` there are none: the backups report that they are ready, and whatever is created from then on never reaches them. Nothing is logged.',
  source: 'ha/BrokerReplicator.cpp:391; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nmgmt-qmf2=no\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nmgmt-qmf2=yes\n',
    ),
  ],
  good: [good('mgmt-qmf2=no\n'), good('ha-cluster=yes\nha-brokers-url=node1,node2\nmgmt-qmf2=yes\n')],
  check(document, report) {
    const setting = settingOf(document, 'mgmt-qmf2');
    if (setting === undefined || !isClusterMember(document) || effectiveBoolean(document, 'mgmt-qmf2'))
      return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message:
        'Without QMFv2, queues that are created later never reach the backups, and nothing is logged: set "mgmt-qmf2" to yes, or remove the line.',
      fix: fixBy('Turn QMFv2 on', replacement(document, setting.value, 'yes')),
    });
  },
};
