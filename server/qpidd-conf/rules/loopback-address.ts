import type { Rule } from '../../text/rule';
import { quoted } from '../describe';
import { clusterUrlOf, isLoopback } from '../ha';
import type { ConfDocument } from '../model';
import { bad, good, reportEach } from './report';

export const loopbackAddress: Rule<ConfDocument> = {
  id: 'ha/loopback-address',
  title: 'Loopback address among the members of a cluster',
  severity: 'warning',
  why: 'The list of members is the same on every host. There, `localhost` is always the host itself: a member that dials it reaches itself, and the broker aborts connections from itself. The member that was meant is found by nobody else.',
  source: 'ha/ConnectionObserver.cpp:81; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=localhost,node2,node3\n'),
    bad('ha-cluster=yes\nha-brokers-url=0.0.0.0:5672,192.168.1.2:5672\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,[::1]:5673\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\n'),
    good('ha-cluster=yes\nha-brokers-url=127.0.0.1:5672,127.0.0.1:5673\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined) return;
    const loopback = found.url.members.filter(({ host }) => isLoopback(host));
    if (loopback.length === found.url.members.length) return;
    reportEach(document, report, firstOfEachHost(loopback), (member) => ({
      uri: document.source.uri,
      span: found.spanOf(member),
      message: `On every other host ${quoted(member.host)} is that host itself: write the address under which the other members reach this one.`,
    }));
  },
};

function firstOfEachHost<Member extends { readonly host: string }>(
  members: readonly Member[],
): readonly Member[] {
  return members.filter(({ host }, index) => members.findIndex((other) => other.host === host) === index);
}
