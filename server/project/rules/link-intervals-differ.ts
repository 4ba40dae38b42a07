import { settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterExample, clusterFiles } from '../examples';
import { activeMembers, knownClusters } from '../members';
import { optionDiffers, spelledValue } from '../option-differs';
import { outliers } from '../outliers';
import type { Project } from '../project';

export const linkIntervalsDiffer: Rule<Project> = {
  id: 'ha/link-intervals-differ',
  title: 'Members of a cluster that notice a failure at different times',
  severity: 'info',
  why: 'How soon a member notices that the primary hangs, and how soon it looks for the next one, depends on its own intervals. With the same on all members a fail-over takes as long whoever is the primary. A heartbeat that is not set is not compared: that it should be set is a finding of its own.',
  source: 'broker/ConnectionHandler.cpp:435, broker/Link.h:107',
  bad: [
    clusterExample(member('5'), member('10')),
    {
      files: clusterFiles(member('5'), member('20'), member('5s')),
      fixed: { 'node2/qpidd.conf': member('5') },
    },
    clusterExample(`${member('5')}link-maintenance-interval=0.5\n`, member('5')),
  ],
  good: [clusterExample(member('5'), member('5s')), clusterExample(member('5'), 'ha-cluster=yes\n')],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      const members = activeMembers(cluster);
      for (const option of ['link-heartbeat-interval', 'link-maintenance-interval']) {
        const compared = members.filter(
          ({ conf }) => option !== 'link-heartbeat-interval' || settingOf(conf, option) !== undefined,
        );
        const consequence = 'the members notice a failure at different times';
        for (const outlier of outliers(project, compared, (conf) => spelledValue(conf, option)))
          report(optionDiffers({ option, outlier, consequence }));
      }
    }
  },
};

function member(heartbeat: string): string {
  return `ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\nlink-heartbeat-interval=${heartbeat}\n`;
}
