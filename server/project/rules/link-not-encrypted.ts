import { quotable } from '../../manifest/addresses';
import { isLoopback, meantTextOf, wantsLogin } from '../../qpidd-conf/ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../../qpidd-conf/model';
import { withoutEncryption } from '../../qpidd-conf/rules/encryption-required';
import type { Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { linkAddressOf, pairsOf, type Route, routesOf } from '../pairs';
import type { Project } from '../project';

export const linkNotEncrypted: Rule<Project> = {
  id: 'ha/link-not-encrypted',
  title: 'A link that its origin refuses, since it is not encrypted',
  severity: 'error',
  why: 'With `require-encryption=yes` an origin closes every connection that is neither SSL nor encrypted by its login: `Connection must be encrypted.` The link is in state `Failed` then, and never tried again. Logins such as PLAIN, SCRAM and CRAM-MD5 encrypt nothing; DIGEST-MD5 and GSSAPI can. Without logins only SSL helps: an address with `ssl:` and the port for SSL.',
  source: 'SaslAuthenticator.cpp:241; measured',
  bad: [
    pairExample('auth=no\nha-queue-replication=yes\nrequire-encryption=yes\n', replica()),
    pairExample(encrypted(), login('ha-mechanism=PLAIN')),
  ],
  good: [
    pairExample(encrypted(), login('ha-mechanism=DIGEST-MD5')),
    pairExample('auth=no\nha-queue-replication=yes\nrequire-encryption=yes\n', replica(), {
      replication: ['linkAddress: ssl:node1:5671'],
    }),
    pairExample('auth=no\nha-queue-replication=yes\n', replica()),
  ],
  check(project, report) {
    for (const route of routesOf(project)) {
      const refusal = pairsOf(route).find((pair) => isRefused(route, pair.origin.conf, pair.replica.conf));
      const address = linkAddressOf(route);
      if (refusal === undefined || address === undefined) continue;
      const { conf } = refusal.origin;
      const required = settingOf(conf, 'require-encryption');
      report({
        uri: route.manifest.source.uri,
        span: address.span,
        message: `The link goes to this address without SSL, and the origin "${quotable(route.origin.broker.name.value)}" refuses what is not encrypted: write "ssl:host:port", with the port for SSL.`,
        ...(required && {
          related: [
            { uri: conf.source.uri, span: required.line.span, message: 'Encryption is required here.' },
          ],
        }),
      });
    }
  },
};

function isRefused({ dialled, replications }: Route, origin: ConfDocument, replica: ConfDocument): boolean {
  // A link address on the loopback interface is the near end of a tunnel.
  if (replications[0].linkAddress !== undefined && dialled.every(({ host }) => isLoopback(host)))
    return false;
  if (!effectiveBoolean(origin, 'require-encryption')) return false;
  if (dialled.length === 0 || dialled.some(({ transport }) => transport !== 'tcp')) return false;
  return wantsLogin(origin) === false || withoutEncryption(meantTextOf(replica, 'ha-mechanism'));
}

function encrypted(): string {
  return 'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\nrequire-encryption=yes\n';
}

function login(mechanism: string): string {
  return `ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\nha-username=qpid-ha\nha-password=secret\n${mechanism}\n`;
}

function replica(...lines: readonly string[]): string {
  return ['auth=no', 'ha-queue-replication=yes', ...lines, ''].join('\n');
}
