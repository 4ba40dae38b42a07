import { quotable } from '../../manifest/addresses';
import { effectiveInteger, settingOf } from '../../qpidd-conf/model';
import { connectionLimit } from '../../qpidd-conf/rules/connection-limit';
import type { FindingDraft, Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { type Route, routesOf, type Side, type SideFile } from '../pairs';
import type { Project } from '../project';
import { isReported } from '../reported';

export const connectionsForReplicas: Rule<Project> = {
  id: 'ha/connections-for-replicas',
  title: 'A limit on connections below what the replicas need',
  severity: 'error',
  why: 'Each replicated queue takes a connection of its own, at the origin and at the replica broker, where links count too. A link that is refused by a limit is in state `Failed`, and never tried again. Where all connections are taken nobody can log in any more to see or to change anything: 520 queues and the default of 500 make 499 replicas that work, and 21 that do not. Limits for a user and for an address hold for all links from one replica broker; an ACL file can exempt its user from them.',
  source: 'SaslAuthenticator.cpp:271, 500, Link.cpp; measured with 520 queues',
  bad: [
    pairExample('ha-queue-replication=yes\nauth=no\nmax-connections=2\n', replica(), {
      queues: ['a', 'b', 'c'],
    }),
    pairExample('ha-queue-replication=yes\nauth=no\n', `${replica()}max-connections=1\n`),
    pairExample('ha-queue-replication=yes\nauth=no\nconnection-limit-per-ip=1\n', replica(), {
      queues: ['a', 'b'],
    }),
  ],
  good: [
    pairExample('ha-queue-replication=yes\nauth=no\nmax-connections=0\n', replica(), { queues: ['a', 'b'] }),
    pairExample('ha-queue-replication=yes\nauth=no\nmax-connections=3\n', replica(), { queues: ['a', 'b'] }),
    pairExample(
      'ha-queue-replication=yes\nconnection-limit-per-ip=1\nacl-file=/etc/qpid/qpidd.acl\n',
      login(),
      {
        queues: ['a', 'b'],
      },
    ),
  ],
  check(project, report) {
    const routes = routesOf(project);
    for (const side of new Set(routes.flatMap(({ origin, replica }) => [origin, replica]))) {
      for (const file of side.files) {
        for (const draft of tooFew(side, file, routes)) report(draft);
      }
    }
  },
};

function tooFew(side: Side, { conf, link }: SideFile, routes: readonly Route[]): readonly FindingDraft[] {
  if (isReported(conf, connectionLimit)) return [];
  const count = (taken: readonly Route[]) =>
    taken.reduce((sum, { replications }) => sum + replications.length, 0);
  const all = count(routes.filter(({ origin, replica }) => origin === side || replica === side));
  const fromOne = routes
    .filter(({ origin }) => origin === side)
    .map((route) =>
      count(routes.filter(({ origin, replica }) => origin === side && replica === route.replica)),
    );
  // One of all connections is for whoever looks after the broker.
  const needs: readonly (readonly [option: string, needed: number])[] = [
    ['max-connections', all + 1],
    ...(settingOf(conf, 'acl-file') === undefined
      ? (['connection-limit-per-ip', 'connection-limit-per-user'] as const).map(
          (option) => [option, Math.max(0, ...fromOne)] as const,
        )
      : []),
  ];
  return needs.flatMap(([option, needed]): FindingDraft[] => {
    const limit = effectiveInteger(conf, option);
    if (!(limit > 0) || limit >= needed) return [];
    const what =
      option === 'max-connections' ? `${all} and one to spare for tools` : `${needed} from one broker`;
    return [
      {
        uri: conf.source.uri,
        span: placeOfOption(conf, option),
        message: `The replications of the manifest need more connections than "${option}" allows, ${limit}: ${what}. A link that is refused is never tried again: raise the limit, clients counted as well.`,
        related: [
          {
            uri: link.manifest.source.uri,
            span: link.path.span,
            message: `The manifest uses this file for "${quotable(side.broker.name.value)}".`,
          },
        ],
      },
    ];
  });
}

function replica(): string {
  return 'ha-queue-replication=yes\nauth=no\n';
}

function login(): string {
  return `${replica()}ha-username=qpid-ha\nha-password=secret\nha-mechanism=PLAIN\n`;
}
