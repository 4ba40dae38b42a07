import type { Rule } from '../../text/rule';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good } from './report';

export const clusterWithoutBrokersUrl: Rule<ConfDocument> = {
  id: 'ha/cluster-without-brokers-url',
  title: 'Cluster member that does not know the other members',
  severity: 'warning',
  why: 'With `ha-cluster=yes` and no `ha-brokers-url` the broker starts, stays in state `joining`, rejects all clients and logs nothing about it, until somebody calls the method `setBrokersUrl`. The URL lists the real addresses of all members, never a virtual one, and is the same on each of them.',
  source: 'ha/HaBroker.cpp initialize; measured',
  bad: [
    bad('ha-cluster=yes\n'),
    bad('ha-cluster=yes\nha-brokers-url=none\n'),
    bad('ha-brokers-url=\nha-cluster=on\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\n'),
    good('ha-cluster=no\n'),
    good('ha-queue-replication=yes\n'),
  ],
  check(document, report) {
    const cluster = settingOf(document, 'ha-cluster');
    if (cluster === undefined || !effectiveBoolean(document, 'ha-cluster')) return;
    const url = settingOf(document, 'ha-brokers-url');
    if (url !== undefined && (url.understood.kind !== 'url' || url.understood.url !== undefined)) return;
    report({
      uri: document.source.uri,
      span: (url ?? cluster).line.kind === 'setting' ? (url ?? cluster).key : cluster.key,
      message:
        'A cluster member without "ha-brokers-url" stays in state joining and rejects all clients without a message: list the addresses of all members in "ha-brokers-url".',
    });
  },
};
