import type { Rule } from '../../text/rule';
import { isClusterMember, urlOf } from '../ha';
import { type ConfDocument, settingOf, settingsOf } from '../model';
import { bad, fixBy, good, removal } from './report';

export const knownHostsInCluster: Rule<ConfDocument> = {
  id: 'ha/known-hosts-in-cluster',
  title: 'Known hosts that a member of a cluster never tells',
  severity: 'warning',
  why: 'HA puts its own list of known hosts into the place of `known-hosts-url`: the clients of a cluster are told what stands in `ha-public-url`, and nothing if that is not set.',
  source: 'ha/HaBroker.cpp:139 initialize',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nknown-hosts-url=node1,node2\n'),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-public-url=vip\nknown-hosts-url=vip\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-public-url=vip\n',
    ),
  ],
  good: [
    good('known-hosts-url=node1,node2\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nknown-hosts-url=none\n'),
  ],
  check(document, report) {
    const found = isClusterMember(document) ? urlOf(document, 'known-hosts-url') : undefined;
    if (found === undefined) return;
    const told = settingOf(document, 'ha-public-url') !== undefined;
    report({
      uri: document.source.uri,
      span: found.setting.key,
      message: `A member of a cluster never tells this list to its clients: ${told ? 'they get "ha-public-url"' : 'set "ha-public-url" instead'}.`,
      ...(told && settingsOf(document, 'known-hosts-url').length === 1
        ? { fix: fixBy('Remove the line', removal(document, found.setting.line)) }
        : {}),
    });
  },
};
