import type { Rule } from '../../text/rule';
import { isClusterMember, placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good, offerBy, replacement } from './report';

export const truncatedStore: Rule<ConfDocument> = {
  id: 'ha/truncated-store',
  title: 'Cluster that wipes its store at every start',
  severity: 'warning',
  why: 'With `truncate=yes` the store empties itself whenever the broker starts. A cluster survives on its other members as long as one of them runs. After a full stop, the first primary is to bring the durable messages back, and has none.',
  source: 'linearstore/MessageStoreImpl.cpp:198',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\ntruncate=yes\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\ntruncate=no\n',
    ),
  ],
  good: [good('ha-cluster=yes\nha-brokers-url=node1,node2\ntruncate=no\n'), good('truncate=yes\n')],
  check(document, report) {
    const setting = settingOf(document, 'truncate');
    if (setting === undefined || !isClusterMember(document) || !effectiveBoolean(document, 'truncate'))
      return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message:
        'The store is wiped at every start: after a full stop of the cluster all durable messages are lost. Remove the line.',
      fix: offerBy('Keep the store', replacement(document, setting.value, 'no')),
    });
  },
};
