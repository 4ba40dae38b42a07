import type { Rule } from '../../text/rule';
import { clusterUrlOf, isClusterMember, isLoopback, meantTextOf, takesPartInHa, wantsLogin } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const plainInClear: Rule<ConfDocument> = {
  id: 'security/plain-in-clear',
  title: 'Password that is sent in clear text',
  severity: 'warning',
  why: 'The mechanism PLAIN sends the user and the password as they are. Over TCP everybody on the way can read them, and they are those of a user who may do everything. Write addresses with `ssl:`, or choose a mechanism that does not show the password, such as SCRAM-SHA-256 or DIGEST-MD5, which a broker with `auth=no` cannot use. Without `ssl-cert-db` a broker has no SSL for its links at all.',
  source: 'sys/SslPlugin.cpp earlyInitialize; RFC 4616',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nacl-file=/etc/qpid/qpidd.acl\nha-username=qpid-ha\nha-password=secret\nha-mechanism=PLAIN\n',
    ),
    bad('ha-queue-replication=yes\nha-username=qpid-ha\nha-password=secret\nha-mechanism=PLAIN\n'),
  ],
  good: [
    good(
      'ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\nssl-cert-db=/etc/pki/qpidd\nacl-file=/etc/qpid/qpidd.acl\nha-username=qpid-ha\nha-mechanism=PLAIN\n',
    ),
    good('ha-queue-replication=yes\nssl-cert-db=/etc/pki/qpidd\nha-username=qpid-ha\nha-mechanism=PLAIN\n'),
    good('ha-queue-replication=yes\nha-username=qpid-ha\nha-mechanism=DIGEST-MD5\n'),
    good('auth=no\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-mechanism=PLAIN\n'),
    good(
      'ha-cluster=yes\nha-brokers-url=127.0.0.1:5672,127.0.0.1:5673\nha-username=qpid-ha\nha-mechanism=PLAIN\n',
    ),
  ],
  check(document, report) {
    const mechanism = settingOf(document, 'ha-mechanism');
    if (mechanism === undefined || meantTextOf(document, 'ha-mechanism') !== 'PLAIN') return;
    if (!takesPartInHa(document) || !inClear(document)) return;
    report({
      uri: document.source.uri,
      span: mechanism.value,
      message: `PLAIN sends the password in clear text, and the links of this broker are not encrypted: use SSL${other(document)}.`,
    });
  },
};

/** With `auth=no` a broker answers every mechanism as PLAIN, and an origin refuses that. */
function other(document: ConfDocument): string {
  return wantsLogin(document) === false ? '' : ', or a mechanism such as SCRAM-SHA-256 or DIGEST-MD5';
}

/** The address of an origin is not in the file: there only the lack of SSL makes it certain. */
function inClear(document: ConfDocument): boolean {
  if (!isClusterMember(document)) return meantTextOf(document, 'ssl-cert-db') === '';
  // Without logins the members check no password, and nothing hangs on it.
  if (wantsLogin(document) === false) return false;
  const members = clusterUrlOf(document)?.url.members ?? [];
  return members.some(({ transport, host }) => transport === 'tcp' && !isLoopback(host));
}
