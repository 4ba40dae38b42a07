import type { Rule } from '../../text/rule';
import { isClusterMember, placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good } from './report';
import { storeWithout } from './store-without-directory';

export const clusterWithoutData: Rule<ConfDocument> = {
  id: 'ha/cluster-without-data',
  title: 'Cluster member without a data directory',
  severity: 'info',
  why: 'A broker keeps its identity in the data directory. With `no-data-dir=yes` a member of a cluster has a new one after each start, and durable messages are kept in the memory of the members alone. It works as long as one of them runs. A store that this leaves without a directory is a finding of its own.',
  source: 'broker/System.cpp; measured',
  bad: [
    bad(
      'no-module-dir=yes\nload-module=/usr/lib64/qpid/daemon/ha.so\nha-cluster=yes\nha-brokers-url=node1,node2\nno-data-dir=yes\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\ndata-dir=/var/lib/qpidd\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nno-data-dir=yes\nstore-dir=/var/lib/qpidd\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'no-data-dir');
    if (setting === undefined || !effectiveBoolean(document, 'no-data-dir')) return;
    if (!isClusterMember(document) || (settingOf(document, 'store-dir')?.text ?? '') !== '') return;
    if (storeWithout(document) !== undefined) return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message: 'This member has a new identity after each start, and no store: set "data-dir" for a cluster.',
    });
  },
};
