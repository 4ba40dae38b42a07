import { quotable } from '../../manifest/addresses';
import { quoted } from '../../qpidd-conf/describe';
import { meantTextOf, placeOf, wantsLogin } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { routesOf } from '../pairs';
import type { Project } from '../project';

export const mechanismWithoutAuth: Rule<Project> = {
  id: 'ha/mechanism-without-auth',
  title: 'A mechanism that a replica broker without logins cannot use',
  severity: 'error',
  why: 'A broker with `auth=no` has no SASL library for its links either: it names the mechanism of `ha-mechanism`, and answers as PLAIN would, whatever the mechanism. An origin that wants a login refuses that: `Authentication failed`. The link is in state `Failed` then, and never tried again. Such a broker can use PLAIN, over SSL where others may listen; with `auth=yes` it can use all mechanisms. A broker that only holds replicas needs no ACL file for that.',
  source:
    'broker/ConnectionHandler.cpp start; measured with DIGEST-MD5, CRAM-MD5 and PLAIN, and either value of auth',
  bad: [
    pairExample(
      'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n',
      broker('auth=no', 'ha-mechanism=DIGEST-MD5'),
    ),
  ],
  good: [
    pairExample(
      'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n',
      broker('ha-mechanism=DIGEST-MD5'),
    ),
    pairExample(
      'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n',
      broker('auth=no', 'ha-mechanism=PLAIN'),
    ),
    pairExample('ha-queue-replication=yes\nauth=no\n', broker('auth=no', 'ha-mechanism=DIGEST-MD5')),
  ],
  check(project, report) {
    for (const { origin, replica } of routesOf(project)) {
      const peer = origin.files.find(({ conf }) => wantsLogin(conf) === true);
      if (peer === undefined) continue;
      for (const { conf } of replica.files.filter((file) => isHelpless(file.conf))) {
        const name = quotable(origin.broker.name.value);
        const setting = settingOf(conf, 'ha-mechanism');
        if (setting === undefined) continue;
        report({
          uri: conf.source.uri,
          span: placeOf(setting),
          message: `With "auth" off this broker cannot log in by ${quoted(meantTextOf(conf, 'ha-mechanism'))}, and the origin "${name}" refuses it: write PLAIN, or set "auth=yes".`,
          related: [
            {
              uri: peer.conf.source.uri,
              span: placeOfOption(peer.conf, 'auth'),
              message: `The origin "${name}" has "auth" on.`,
            },
          ],
        });
      }
    }
  },
};

/** What needs an answer to a challenge. EXTERNAL and ANONYMOUS do not. */
function isHelpless(conf: ConfDocument): boolean {
  const mechanism = meantTextOf(conf, 'ha-mechanism');
  return (
    wantsLogin(conf) === false &&
    /^(?:(?:DIGEST|CRAM)-MD5|SCRAM-[A-Z0-9-]+|GSSAPI|NTLM|SRP|OTP)$/.test(mechanism)
  );
}

function broker(...lines: readonly string[]): string {
  return ['ha-queue-replication=yes', 'ha-username=qpid-ha', 'ha-password=secret', ...lines, ''].join('\n');
}
