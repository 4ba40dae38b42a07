import type { Rule } from '../../text/rule';
import { clusterExample, clusterFiles } from '../examples';
import { activeMembers, knownClusters } from '../members';
import { optionDiffers, spelledValue } from '../option-differs';
import { outliers } from '../outliers';
import type { Project } from '../project';

const option = 'ha-replicate';

export const replicateDiffers: Rule<Project> = {
  id: 'ha/replicate-differs',
  title: 'Members of a cluster that replicate differently',
  severity: 'error',
  why: 'All members need the same `ha-replicate`. A backup whose value is another than that of the primary shuts down as soon as it has connected, with exit code 0: `Replicate default on backup (none) does not match primary (all)`. A member that does not set it has the default, `none`.',
  source: 'ha/BrokerReplicator.cpp:754; measured',
  bad: [
    clusterExample(member('all'), member('none')),
    {
      files: clusterFiles(member('all'), member('all'), member()),
      fixed: { 'node3/qpidd.conf': `${member()}ha-replicate=all\n` },
    },
    {
      files: clusterFiles(member('all'), member('configuration'), member('all')),
      fixed: { 'node2/qpidd.conf': member('all') },
    },
  ],
  good: [clusterExample(member('all'), member('all')), clusterExample(member(), member('none'))],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      for (const outlier of outliers(project, activeMembers(cluster), (conf) => spelledValue(conf, option))) {
        const consequence = 'as a backup of the other it shuts down. All members need the same value';
        report(optionDiffers({ option, outlier, consequence }));
      }
    }
  },
};

function member(replicate?: string): string {
  const line = replicate === undefined ? '' : `${option}=${replicate}\n`;
  return `ha-cluster=yes\nha-brokers-url=node1,node2,node3\n${line}`;
}
