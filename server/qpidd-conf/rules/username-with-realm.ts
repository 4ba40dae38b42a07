import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf, takesPartInHa } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const usernameWithRealm: Rule<ConfDocument> = {
  id: 'ha/username-with-realm',
  title: 'HA user with a realm',
  severity: 'warning',
  why: 'The broker adds the realm to `ha-username` by itself. With `qpid-ha@QPID` the login works, but rules are looked up for `qpid-ha@QPID@QPID`, and a backup stays in state `joining`: `unauthorized-access`. In the ACL file the user does have the realm. A stand-alone broker minds only if it has an ACL file itself.',
  source: 'ha/HaBroker.cpp:88, broker/LinkRegistry.cpp:326; measured',
  bad: [
    bad(
      'auth=no\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha@QPID\n',
      'auth=no\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\n',
    ),
    bad(
      'auth=no\nha-queue-replication=yes\nha-username=qpid-ha@elsewhere\nha-mechanism=PLAIN\nacl-file=/etc/qpid/qpidd.acl\n',
    ),
  ],
  good: [
    good('ha-queue-replication=yes\nha-username=qpid-ha\nrealm=QPID\n'),
    good('ha-queue-replication=yes\nha-username=qpid-ha@QPID\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'ha-username');
    const name = meantTextOf(document, 'ha-username');
    const at = name.indexOf('@');
    if (setting === undefined || at < 0 || !takesPartInHa(document)) return;
    if (!isClusterMember(document) && meantTextOf(document, 'acl-file') === '') return;
    const realm = settingOf(document, 'realm')?.text ?? 'QPID';
    const certain = setting.text === name && at > 0 && name.slice(at + 1) === realm;
    report({
      uri: document.source.uri,
      span: setting.value,
      message:
        'The broker adds the realm by itself: with one here, no rule of an ACL matches the user. Write the name alone.',
      ...(certain
        ? { fix: fixBy('Remove the realm', replacement(document, setting.value, name.slice(0, at))) }
        : {}),
    });
  },
};
