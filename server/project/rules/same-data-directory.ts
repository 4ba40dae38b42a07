import { meantTextOf, placeOf } from '../../qpidd-conf/ha';
import { effectiveBoolean, settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterFiles } from '../examples';
import { knownClusters, type Member, nameOf } from '../members';
import type { Project } from '../project';
import { membersByHost, repeated } from '../same-host';

const option = 'data-dir';

export const sameDataDirectory: Rule<Project> = {
  id: 'ha/same-data-directory',
  title: 'Two members of a cluster on one host with one data directory',
  severity: 'warning',
  why: 'A broker locks its data directory: the second one gives up with `Cannot lock DIR/lock: Resource temporarily unavailable`. On different hosts the same path is right, unless the directory was copied: two brokers with one identity abort the links between them. Reported where the addresses say that both are on one host; containers with file systems of their own are on several.',
  source: 'qpid/DataDir.cpp, qpid/sys/posix/LockFile.cpp; ha/ConnectionObserver.cpp:74; measured',
  bad: [
    {
      files: clusterFiles(member(5672, 'data-dir=/var/lib/qpidd'), member(5673, 'data-dir=/var/lib/qpidd/')),
    },
  ],
  good: [
    {
      files: clusterFiles(
        member(5672, 'data-dir=/var/lib/qpidd/1'),
        member(5673, 'data-dir=/var/lib/qpidd/2'),
      ),
    },
    {
      files: clusterFiles(
        member(5672, 'data-dir=/var/lib/qpidd'),
        member(5673, 'data-dir=/var/lib/qpidd', 'no-data-dir=yes', 'store-dir=/srv'),
      ),
    },
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      for (const members of membersByHost(cluster)) {
        for (const { member, first } of repeated(members, directoryOf)) {
          const [own, other] = [member, first].map(({ conf }) => settingOf(conf, option));
          if (own === undefined || other === undefined) continue;
          report({
            uri: member.conf.source.uri,
            span: placeOf(own),
            message: `${nameOf(first)} has the same "${option}", and both members are on one host: the broker that starts second cannot lock it, and gives up. Give each a directory of its own.`,
            related: [
              {
                uri: first.conf.source.uri,
                span: placeOf(other),
                message: 'The other member has this data directory.',
              },
            ],
          });
        }
      }
    }
  },
};

/** A relative path begins where the broker is started. */
function directoryOf({ conf }: Member): string | undefined {
  const directory = meantTextOf(conf, option);
  if (!directory.startsWith('/') || effectiveBoolean(conf, 'no-data-dir')) return undefined;
  return directory.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

function member(port: number, ...lines: readonly string[]): string {
  return [
    `port=${port}`,
    ...lines,
    'ha-cluster=yes',
    'ha-brokers-url=127.0.0.1:5672,127.0.0.1:5673',
    'ha-replicate=all',
    '',
  ].join('\n');
}
