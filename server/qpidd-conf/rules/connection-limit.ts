import type { Rule } from '../../text/rule';
import { clusterUrlOf, placeOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, reportEach } from './report';

export const connectionLimit: Rule<ConfDocument> = {
  id: 'ha/connection-limit',
  title: 'Limit that keeps the members of a cluster out',
  severity: 'warning',
  why: 'The members of a cluster and the checks on them need connections like any client: one for each backup, one for `qpid-ha`, all of the same user. A link that is refused by a limit is never tried again, also not when a connection is free: `User connection denied by configured limit`. An ACL file can exempt the HA user from the limits for a user and an address.',
  source: 'SaslAuthenticator.cpp:271, 500, Link.cpp; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nmax-connections=3\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nconnection-limit-per-user=2\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nconnection-limit-per-ip=1\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nmax-connections=0\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nconnection-limit-per-user=50\n'),
    good(
      'ha-cluster=yes\nha-brokers-url=node1,node2,node3\nconnection-limit-per-user=1\nacl-file=/etc/qpid/qpidd.acl\n',
    ),
    good('max-connections=1\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined) return;
    const members = found.url.members.length;
    const exempted = settingOf(document, 'acl-file') !== undefined;
    // The last is for a backup and for the check that runs on the same host.
    const least = [
      { name: 'max-connections', least: members + 1, applies: true },
      { name: 'connection-limit-per-user', least: members, applies: !exempted },
      { name: 'connection-limit-per-ip', least: 2, applies: !exempted },
    ];
    const tooSmall = least.flatMap((limit) => {
      const setting = settingOf(document, limit.name);
      if (!limit.applies || setting?.understood.kind !== 'integer') return [];
      const { value } = setting.understood;
      return value > 0 && value < limit.least ? [{ setting, least: limit.least }] : [];
    });
    reportEach(document, report, tooSmall, ({ setting, least }) => ({
      uri: document.source.uri,
      span: placeOf(setting),
      message: `The links and checks of this cluster alone need ${least}${setting.option.name === 'max-connections' ? ', clients not counted' : ''}, and a link that is refused is never tried again: raise the limit.`,
    }));
  },
};
