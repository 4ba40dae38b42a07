import { quotable } from '../../manifest/addresses';
import { meantTextOf, wantsLogin } from '../../qpidd-conf/ha';
import type { ConfDocument } from '../../qpidd-conf/model';
import { credentialsMissing } from '../../qpidd-conf/rules/credentials-missing';
import { loginWithoutAcl } from '../../qpidd-conf/rules/login-without-acl';
import { mechanismMissing } from '../../qpidd-conf/rules/mechanism-missing';
import type { FindingDraft, Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { pairsOf, routesOf, type SideFile } from '../pairs';
import type { Project } from '../project';
import { isReported } from '../reported';
import { refusesLinks } from './origin-without-acl';

export const replicaWithoutLogin: Rule<Project> = {
  id: 'ha/replica-without-login',
  title: 'A replica broker without the login that its origin wants',
  severity: 'warning',
  why: 'A replicator logs in to the origin with `ha-username`, `ha-password` and `ha-mechanism` of the replica broker; a login in the address has no effect. Without them, a replica broker that has `auth=no` itself sends no mechanism at all, and the origin refuses it: `Unsupported mechanism`. One with `auth=yes` logs in as `anonymous@QPID`, which works only where the ACL of the origin lets everybody have the queue: `ACL denied anonymous@QPID creating a federation link`. The link is never tried again.\n\nCredentials from the environment (`QPID_HA_USERNAME`) are seen by the broker only.',
  source: 'ha/HaBroker.cpp:177, broker/ConnectionHandler.cpp:252, 320; measured',
  bad: [
    pairExample(origin(), 'ha-queue-replication=yes\nauth=no\n'),
    pairExample(origin(), 'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n'),
  ],
  good: [
    pairExample(origin(), login('ha-mechanism=PLAIN')),
    pairExample(`auth=no\n${origin()}`, 'ha-queue-replication=yes\nauth=no\n'),
    pairExample(origin(), 'ha-queue-replication=yes\nauth=no\nha-mechanism=EXTERNAL\n'),
  ],
  check(project, report) {
    for (const route of routesOf(project)) {
      const done = new Set<ConfDocument>();
      for (const { origin, replica } of pairsOf(route)) {
        // What refuses all links, or is wrong with one file alone, is a finding of its own.
        if (done.has(replica.conf) || wantsLogin(origin.conf) !== true) continue;
        if (refusesLinks(origin.conf) || isReported(origin.conf, loginWithoutAcl)) continue;
        if (isReported(replica.conf, mechanismMissing, credentialsMissing)) continue;
        const draft = finding(origin, replica);
        if (draft === undefined) continue;
        done.add(replica.conf);
        report(draft);
      }
    }
  },
};

function finding(origin: SideFile, { conf }: SideFile): FindingDraft | undefined {
  const what = lack(conf);
  if (what === undefined) return undefined;
  const name = quotable(origin.link.broker.name.value);
  const mechanism = wantsLogin(conf) === false ? '=PLAIN' : '';
  return {
    uri: conf.source.uri,
    span: placeOfOption(conf, 'ha-username'),
    message: `The origin "${name}" wants a login, and ${what}: set "ha-username", "ha-password" and "ha-mechanism${mechanism}".`,
    related: [
      {
        uri: origin.conf.source.uri,
        span: placeOfOption(origin.conf, 'auth'),
        message: `The origin "${name}" has "auth" on.`,
      },
    ],
  };
}

function lack(conf: ConfDocument): string | undefined {
  if (meantTextOf(conf, 'ha-mechanism') !== '') return undefined;
  if (wantsLogin(conf) === false) return 'a broker with "auth=no" sends it no mechanism of its own choice';
  if (meantTextOf(conf, 'ha-username') !== '') return undefined;
  return 'without credentials this broker logs in as anonymous, whom the ACL file there would have to allow the queue';
}

function origin(): string {
  return 'ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n';
}

function login(...lines: readonly string[]): string {
  return [
    'ha-queue-replication=yes',
    'auth=no',
    'ha-username=qpid-ha',
    'ha-password=secret',
    ...lines,
    '',
  ].join('\n');
}
