import { meantTextOf, wantsLogin } from '../../qpidd-conf/ha';
import type { ConfDocument } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterExample, clusterFiles } from '../examples';
import { activeMembers, knownClusters, type Member } from '../members';
import { optionDiffers, spelledValue } from '../option-differs';
import { outliers } from '../outliers';
import type { Project } from '../project';

export const credentialsDiffer: Rule<Project> = {
  id: 'ha/credentials-differ',
  title: 'Members of a cluster that log in differently',
  severity: 'warning',
  why: 'Any member may be the primary, and then it judges the logins of all others. With the same user, password, mechanism and realm everywhere, what works with one primary works with the next; where they differ, a fail-over may end in members that are refused, and a member whose link is refused shuts down. Whether the user databases of the hosts make up for it cannot be seen here. Passwords are compared and never shown. A login that a file does not set may come from the environment, and is not compared.',
  source: 'ha/HaBroker.cpp:88, broker/LinkRegistry.cpp:326, ha/BrokerReplicator.cpp:868; measured',
  bad: [
    clusterExample(member(), member({ user: 'other' })),
    clusterExample(member(), member({ password: 'other' })),
    {
      files: clusterFiles(member(), member(), member({ mechanism: 'CRAM-MD5' })),
      fixed: { 'node3/qpidd.conf': member() },
    },
    clusterExample(member(), `${member()}realm=EAST\n`),
    clusterExample(member(), `auth=no\n${member()}`),
  ],
  good: [
    clusterExample(member(), member()),
    clusterExample(member(), member({ password: '' })),
    clusterExample(`auth=no\n${member()}`, `auth=no\n${member({ user: 'other' })}`),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      const members = activeMembers(cluster);
      if (!members.some(({ conf }) => wantsLogin(conf) === true)) continue;
      for (const { option, read, consequence, copies } of compared) {
        for (const outlier of outliers(project, members, read)) {
          const alone = outlier.alone && copies;
          report(optionDiffers({ option, outlier: { ...outlier, alone }, consequence }));
        }
      }
      for (const sameUser of byUser(members)) {
        for (const outlier of outliers(project, sameUser, (conf) => given(conf, 'ha-password'))) {
          const consequence =
            'one user has one password, unless the user databases of the hosts differ as well';
          const option = 'ha-password';
          report(optionDiffers({ option, outlier: { ...outlier, value: '', alone: false }, consequence }));
        }
      }
    }
  },
};

interface Compared {
  readonly option: string;
  read(conf: ConfDocument): string | undefined;
  readonly consequence: string;
  /** False where another option goes with it. */
  readonly copies: boolean;
}

const compared: readonly Compared[] = [
  {
    option: 'auth',
    read: (conf) => {
      const login = wantsLogin(conf);
      return login === undefined ? undefined : String(login);
    },
    consequence: 'who may connect depends on which member is the primary. All members need the same value',
    copies: false,
  },
  {
    option: 'ha-username',
    read: (conf) => given(conf, 'ha-username'),
    consequence: 'every member must know, and trust, the user of every other. Use one user for all',
    copies: false,
  },
  {
    option: 'ha-mechanism',
    read: (conf) => given(conf, 'ha-mechanism'),
    consequence: 'every member must offer the mechanism of every other. Use one mechanism for all',
    copies: true,
  },
  {
    option: 'realm',
    read: (conf) => spelledValue(conf, 'realm'),
    consequence: 'ACL rules name users with their realm, and match those of one of them only',
    copies: true,
  },
];

function given(conf: ConfDocument, option: string): string | undefined {
  return meantTextOf(conf, option) || undefined;
}

/** Members whose links are of one user: the password of another is another. */
function byUser(members: readonly Member[]): readonly (readonly Member[])[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const user = given(member.conf, 'ha-username');
    if (user !== undefined) groups.set(user, [...(groups.get(user) ?? []), member]);
  }
  return [...groups.values()];
}

interface Login {
  readonly user?: string;
  readonly password?: string;
  readonly mechanism?: string;
}

function member({ user = 'qpid-ha', password = 'secret', mechanism = 'DIGEST-MD5' }: Login = {}): string {
  return `ha-cluster=yes\nha-brokers-url=node1,node2,node3\nacl-file=/etc/qpid/qpidd.acl\nha-username=${user}\nha-password=${password}\nha-mechanism=${mechanism}\n`;
}
