import type { Rule } from '../../text/rule';
import { clusterUrlOf } from '../ha';
import type { ConfDocument } from '../model';
import { bad, good } from './report';

export const singleAddress: Rule<ConfDocument> = {
  id: 'ha/single-address',
  title: 'Cluster with the address of one member only',
  severity: 'warning',
  why: 'Every member finds the others through `ha-brokers-url`. With one address, its own or a virtual one that moves, a backup does not find the new primary after a fail-over, and the check before a promotion cannot see whether another member is ready, so that one with less messages may become the primary.',
  source: 'QPID-4360; Active-Passive-Cluster, ha-brokers-url',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1\n'),
    bad('ha-brokers-url=amqp:192.168.6.1:5672\nha-cluster=yes\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-public-url=vip\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined || found.url.members.length !== 1) return;
    report({
      uri: document.source.uri,
      span: found.setting.value,
      message:
        'A cluster whose members know one address cannot find its primary after a fail-over: list the real addresses of all members.',
    });
  },
};
