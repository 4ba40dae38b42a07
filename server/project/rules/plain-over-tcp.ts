import { quotable } from '../../manifest/addresses';
import { isLoopback, meantTextOf, wantsLogin } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../../qpidd-conf/model';
import { plainInClear } from '../../qpidd-conf/rules/plain-in-clear';
import type { Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { linkAddressOf, routesOf } from '../pairs';
import type { Project } from '../project';
import { isReported } from '../reported';

export const plainOverTcp: Rule<Project> = {
  id: 'security/plain-over-tcp',
  title: 'Password that a link sends in clear text',
  severity: 'warning',
  why: 'The mechanism PLAIN sends the user and the password as they are, and the address of the origin leads the link over TCP, though this broker has SSL: everybody on the way can read them. Write the address with `ssl:` and the port for SSL. A broker with `auth=yes` can use a mechanism that does not show the password instead, such as SCRAM-SHA-256 or DIGEST-MD5.',
  source: 'RFC 4616; ha/HaBroker.cpp:177',
  bad: [pairExample(origin(), replica('ha-mechanism=PLAIN'))],
  good: [
    pairExample(origin(), replica('ha-mechanism=PLAIN'), { replication: ['linkAddress: ssl:node1:5671'] }),
    pairExample(origin(), login('ha-mechanism=DIGEST-MD5')),
    pairExample(`auth=no\n${origin()}`, replica('ha-mechanism=PLAIN')),
  ],
  check(project, report) {
    for (const route of routesOf(project)) {
      const { origin, replica, dialled, manifest } = route;
      const address = linkAddressOf(route);
      const inClear = dialled.some(({ transport, host }) => transport === 'tcp' && !isLoopback(host));
      if (!inClear || address === undefined) continue;
      if (!origin.files.some(({ conf }) => wantsLogin(conf) === true)) continue;
      for (const { conf } of replica.files.filter((file) => sendsPlain(file.conf))) {
        report({
          uri: conf.source.uri,
          span: placeOfOption(conf, 'ha-mechanism'),
          message: `PLAIN sends the password in clear text, and the link to "${quotable(origin.broker.name.value)}" is not encrypted: give it an address with "ssl:"${other(conf)}.`,
          related: [
            { uri: manifest.source.uri, span: address.span, message: 'The link goes to this address.' },
          ],
        });
      }
    }
  },
};

function sendsPlain(conf: ConfDocument): boolean {
  const isPlain =
    meantTextOf(conf, 'ha-mechanism') === 'PLAIN' && settingOf(conf, 'ha-username') !== undefined;
  return isPlain && !isReported(conf, plainInClear);
}

/** Without logins of its own a broker can use no other mechanism. */
function other(conf: ConfDocument): string {
  return wantsLogin(conf) === true ? ', or choose a mechanism such as SCRAM-SHA-256 or DIGEST-MD5' : '';
}

function login(mechanism: string): string {
  return replica('acl-file=/etc/qpid/qpidd.acl', mechanism).replace('auth=no\n', '');
}

function origin(): string {
  return 'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\nssl-cert-db=/etc/pki/qpidd\n';
}

function replica(...lines: readonly string[]): string {
  return [
    'auth=no',
    'ha-queue-replication=yes',
    'ssl-cert-db=/etc/pki/qpidd',
    'ha-username=qpid-ha',
    'ha-password=secret',
    ...lines,
    '',
  ].join('\n');
}
