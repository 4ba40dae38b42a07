import type { Rule } from '../../text/rule';
import { clusterUrlOf, meantTextOf, wantsLogin } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good } from './report';

export const encryptionRequired: Rule<ConfDocument> = {
  id: 'ha/encryption-required',
  title: 'Cluster that refuses its own plain links',
  severity: 'warning',
  why: 'With `require-encryption=yes` a broker closes every connection that is neither SSL nor encrypted by its login: `Connection must be encrypted.` A member of a cluster whose link is closed in this way shuts down: `Connection forced, cluster may be misconfigured`. Logins such as PLAIN, SCRAM and CRAM-MD5 encrypt nothing; DIGEST-MD5 and GSSAPI can.',
  source: 'SaslAuthenticator.cpp:241, ha/BrokerReplicator.cpp:868; QPID-6549; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nauth=no\nrequire-encryption=yes\n'),
    bad(
      'ha-cluster=yes\nha-brokers-url=ssl:node1:5671,node2\nha-username=qpid-ha\nha-mechanism=PLAIN\nacl-file=/etc/qpid/qpidd.acl\nrequire-encryption=yes\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\nauth=no\nrequire-encryption=yes\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-mechanism=DIGEST-MD5\nrequire-encryption=yes\n'),
    good('require-encryption=yes\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    const required = settingOf(document, 'require-encryption');
    if (found === undefined || required === undefined) return;
    if (!effectiveBoolean(document, 'require-encryption')) return;
    const plain = found.url.members.find(({ transport }) => transport === 'tcp');
    if (
      plain === undefined ||
      (wantsLogin(document) !== false && !withoutEncryption(meantTextOf(document, 'ha-mechanism')))
    )
      return;
    const { uri } = document.source;
    report({
      uri,
      span: found.spanOf(plain),
      message:
        'This member is reached without SSL, and it refuses links that are not encrypted: write "ssl:host:port", with the port for SSL.',
      related: [{ uri, span: required.line.span, message: 'Encryption is required here.' }],
    });
  },
};

/** Mechanisms that have no security layer. Left open, SASL may choose one that has. */
export function withoutEncryption(mechanism: string): boolean {
  return /^(?:PLAIN|LOGIN|ANONYMOUS|EXTERNAL|CRAM-MD5|SCRAM-[A-Z0-9-]+)$/.test(mechanism);
}
