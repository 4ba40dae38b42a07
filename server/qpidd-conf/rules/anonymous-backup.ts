import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf, wantsLogin } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const anonymousBackup: Rule<ConfDocument> = {
  id: 'security/anonymous-backup',
  title: 'Cluster that anybody can join',
  severity: 'warning',
  why: 'With `ha-mechanism=ANONYMOUS` the members log in as nobody, so that the ACL file has to allow nobody everything: any client can then be a backup, and gets a copy of all messages. The logins of `auth=yes` protect nothing.',
  source: 'Active-Passive-Cluster, ha-security-options',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nauth=yes\nacl-file=/etc/qpid/qpidd.acl\nha-mechanism=ANONYMOUS\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nauth=no\nha-mechanism=ANONYMOUS\n'),
    good('ha-queue-replication=yes\nha-mechanism=ANONYMOUS\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'ha-mechanism');
    if (setting === undefined || meantTextOf(document, 'ha-mechanism') !== 'ANONYMOUS') return;
    if (!isClusterMember(document) || wantsLogin(document) !== true) return;
    report({
      uri: document.source.uri,
      span: setting.value,
      message:
        'Anybody can be a backup of this cluster, and read all messages: choose a mechanism with a user, such as DIGEST-MD5, or EXTERNAL over SSL.',
    });
  },
};
