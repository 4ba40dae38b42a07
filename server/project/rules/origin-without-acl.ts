import { quotable } from '../../manifest/addresses';
import { isClusterMember, meantTextOf, wantsLogin } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { isCluster, originFiles } from '../pairs';
import type { Project } from '../project';

export const originWithoutAcl: Rule<Project> = {
  id: 'ha/origin-without-acl',
  title: 'An origin with logins and without an ACL, which refuses every link',
  severity: 'error',
  why: 'With `auth=yes`, which is the default, a broker accepts a link from another broker only if an ACL file allows it, whatever the login: `Systems with authentication enabled must specify ACL create link rules`. The link is then in state `Failed` and never tried again. The user of the replica broker, its `ha-username` with the realm, needs at least `acl allow USER@QPID create link` and `acl allow USER@QPID consume queue`. A broker that only holds replicas needs no such rule.',
  source: 'broker/ConnectionHandler.cpp:247; measured',
  bad: [
    pairExample('ha-queue-replication=yes\n', replica()),
    pairExample('auth=yes\nha-queue-replication=yes\nacl-file=\n', replica()),
  ],
  good: [
    pairExample('ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n', replica()),
    pairExample('ha-queue-replication=yes\nauth=no\n', replica()),
  ],
  check(project, report) {
    for (const { side, file } of originFiles(project)) {
      const { conf, link } = file;
      // In a cluster it is a finding of each member.
      if (isCluster(side) || !refusesLinks(conf)) continue;
      const auth = settingOf(conf, 'auth');
      const reason =
        auth === undefined ? '"auth" is on by default, and without' : 'With "auth" on and without';
      report({
        uri: conf.source.uri,
        span: placeOfOption(conf, auth === undefined ? 'ha-queue-replication' : 'auth'),
        message: `${reason} an ACL file this origin refuses every replica broker: set "acl-file", with rules that let its user create a link and consume from the queue, or "auth=no".`,
        related: [
          {
            uri: link.manifest.source.uri,
            span: link.path.span,
            message: `The manifest uses this file for "${quotable(side.broker.name.value)}", which is an origin.`,
          },
        ],
      });
    }
  },
};

/** Whether a stand-alone broker refuses the links of all others. */
export function refusesLinks(conf: ConfDocument): boolean {
  return !isClusterMember(conf) && wantsLogin(conf) === true && meantTextOf(conf, 'acl-file') === '';
}

function replica(): string {
  return 'ha-queue-replication=yes\nauth=no\nha-username=qpid-ha\nha-password=secret\nha-mechanism=PLAIN\n';
}
