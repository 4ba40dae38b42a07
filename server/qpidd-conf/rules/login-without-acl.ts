import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf, placeOf, wantsLogin } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const loginWithoutAcl: Rule<ConfDocument> = {
  id: 'ha/login-without-acl',
  title: 'Cluster with logins and without an ACL, which refuses every link',
  severity: 'warning',
  why: 'With `auth=yes`, which is the default, a broker accepts a link from another broker only if an ACL file allows it: `Systems with authentication enabled must specify ACL create link rules`. The link is never tried again. The members of such a cluster shut themselves down within a second of their start, with exit code 0.\n\nThe origin of a stand-alone replication needs an ACL in the same way, a broker that only holds replicas does not: which of them a file is for cannot be seen in it.',
  source: 'broker/ConnectionHandler.cpp:247, ha/BrokerReplicator.cpp:868; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    bad('auth=yes\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=secret\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nauth=no\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nauth=yes\nacl-file=/etc/qpid/qpidd.acl\n'),
    good('auth=yes\nha-queue-replication=yes\n'),
  ],
  check(document, report) {
    const mode = settingOf(document, 'ha-cluster');
    if (mode === undefined || !isClusterMember(document) || wantsLogin(document) !== true) return;
    if (meantTextOf(document, 'acl-file') !== '') return;
    const auth = settingOf(document, 'auth');
    const reason = auth === undefined ? '"auth" is on by default, and without' : 'With "auth" on and without';
    report({
      uri: document.source.uri,
      span: auth === undefined ? mode.key : placeOf(auth),
      message: `${reason} an ACL file the members of this cluster refuse each other and shut down: set "acl-file" with a rule that allows the HA user everything, or "auth=no".`,
    });
  },
};
