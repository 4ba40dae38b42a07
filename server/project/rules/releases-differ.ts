import { compareReleases, type Release } from '../../qpidd-conf/release';
import { releaseNamed } from '../../qpidd-conf/rules/named-release';
import type { Rule } from '../../text/rule';
import { clusterExample } from '../examples';
import { activeMembers, firstLine, knownClusters, nameOf } from '../members';
import { outliers } from '../outliers';
import type { Project } from '../project';

export const releasesDiffer: Rule<Project> = {
  id: 'ha/releases-differ',
  title: 'Members of a cluster of different releases',
  severity: 'info',
  why: 'Any member may become the primary, and a newer one may have options and defaults that the older lack. What a primary and a backup tell each other of messages changed in 0.24: for members on both sides of it this is a warning. Compared are the releases that the files or the project configuration name (`# qpidha: broker 1.36`); during an upgrade that goes from member to member the finding is right, and passes.',
  source: 'QPID-4348: replication ids and headers of 0.24',
  bad: [
    clusterExample(member('1.36'), member('1.39')),
    clusterExample(member('0.22'), member('0.24')),
    clusterExample(member('1.36'), member('1.36'), member('0.34')),
  ],
  good: [clusterExample(member('1.36'), member('1.36.0')), clusterExample(member('1.36'), member())],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      for (const { member, value, reference, expected } of outliers(
        project,
        activeMembers(cluster),
        ({ release }) => release,
      )) {
        const { conf } = member;
        const apart = isBeforeChange(value) !== isBeforeChange(expected);
        const consequence = apart
          ? 'what members tell each other of messages changed in 0.24. All need the same release'
          : 'unless an upgrade is under way, all members should have the same one';
        report({
          uri: conf.source.uri,
          span: releaseNamed(conf)[0]?.span ?? firstLine(conf),
          severity: apart ? 'warning' : 'info',
          message: `This member is of release ${value}, and ${nameOf(reference)} of ${expected}: ${consequence}.`,
          related: releaseNamed(reference.conf),
        });
      }
    }
  },
};

/** Replication ids and their headers have another form from there on. */
const changed: Release = '0.24';

function isBeforeChange(release: Release): boolean {
  return compareReleases(release, changed) < 0;
}

function member(release?: string): string {
  const comment = release === undefined ? '' : `# qpidha: broker ${release}\n`;
  return `${comment}ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\n`;
}
