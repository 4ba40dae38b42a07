import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf, placeOf, takesPartInHa, wantsLogin } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const credentialsMissing: Rule<ConfDocument> = {
  id: 'ha/credentials-missing',
  title: 'Links without the credentials that they need',
  severity: 'warning',
  why: 'The members of a cluster log in to each other like any client, with `ha-username`, `ha-password` and `ha-mechanism`. With `auth=yes` and none of the three a link is that of `anonymous@QPID`: an ACL file that lets it through lets everybody do everything, and with any other the members shut down. A password without a user is never used.\n\nCredentials from the environment (`QPID_HA_PASSWORD`) are seen by the broker only; a file that sets one of the three is trusted to have the others there.',
  source: 'ha/HaBroker.cpp:88, SaslAuthenticator.cpp; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nacl-file=/etc/qpid/qpidd.acl\n'),
    bad('auth=no\nha-queue-replication=yes\nha-password=secret\nha-mechanism=PLAIN\n'),
  ],
  good: [
    good(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nacl-file=/etc/qpid/qpidd.acl\nha-username=qpid-ha\nha-password=secret\nha-mechanism=DIGEST-MD5\n',
    ),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nacl-file=/etc/qpid/qpidd.acl\nha-mechanism=EXTERNAL\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nauth=no\n'),
    good('ha-queue-replication=yes\nauth=yes\nacl-file=/etc/qpid/qpidd.acl\n'),
  ],
  check(document, report) {
    if (!takesPartInHa(document)) return;
    const { uri } = document.source;
    const given = (name: string) => meantTextOf(document, name) !== '';
    const password = settingOf(document, 'ha-password');
    if (password !== undefined && given('ha-password') && !given('ha-username')) {
      report({
        uri,
        span: password.key,
        message: 'A password without a user is not used: set "ha-username".',
      });
      return;
    }
    // Without an ACL file no credentials help, which is a finding of its own.
    const acl = settingOf(document, 'acl-file');
    if (
      acl === undefined ||
      !given('acl-file') ||
      !isClusterMember(document) ||
      wantsLogin(document) !== true
    )
      return;
    if (['ha-username', 'ha-password', 'ha-mechanism'].some(given)) return;
    report({
      uri,
      span: placeOf(settingOf(document, 'ha-cluster') ?? acl),
      message:
        'The members of this cluster log in to each other as anonymous, whom the ACL file would have to allow everything: set "ha-username", "ha-password" and "ha-mechanism".',
    });
  },
};
