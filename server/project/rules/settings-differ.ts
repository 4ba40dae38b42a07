import type { ConfDocument } from '../../qpidd-conf/model';
import { settingsOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterExample, clusterFiles } from '../examples';
import { activeMembers, knownClusters } from '../members';
import { optionDiffers, spelledValue } from '../option-differs';
import { outliers } from '../outliers';
import type { Project } from '../project';

export const settingsDiffer: Rule<Project> = {
  id: 'ha/settings-differ',
  title: 'Members of a cluster with different limits',
  severity: 'warning',
  why: 'The backups hold what the primary holds, and one of them is the next primary. A backup with a lower limit than that of the primary shuts down when a queue reaches it, `Replication failed: resource-limit-exceeded`, with exit code 0, and with another flow control or other protocols the clients meet another broker after a fail-over. What is not set counts with its default.',
  source:
    'ha/QueueReplicator.cpp:361, ha/HaBroker.cpp:220; measured: a backup with a limit of 20,000 bytes and a primary without',
  bad: [
    clusterExample(member('default-queue-limit=0'), member('default-queue-limit=1048576')),
    {
      files: clusterFiles(
        member('default-flow-stop-threshold=90'),
        member('default-flow-stop-threshold=90'),
        member(),
      ),
      fixed: { 'node3/qpidd.conf': member('default-flow-stop-threshold=90') },
    },
    clusterExample(member('protocols=amqp0-10'), member()),
  ],
  good: [
    clusterExample(member('default-queue-limit=104857600'), member()),
    clusterExample(member('protocols=amqp1.0', 'protocols=amqp0-10'), member('protocols=amqp0-10,amqp1.0')),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      const members = activeMembers(cluster);
      for (const { option, consequence } of compared) {
        for (const outlier of outliers(project, members, (conf) => spelled(conf, option))) {
          // A list may stand on several lines.
          const alone = outlier.alone && option !== 'protocols';
          report(optionDiffers({ option, outlier: { ...outlier, alone }, consequence }));
        }
      }
    }
  },
};

const compared: readonly { readonly option: string; readonly consequence: string }[] = [
  {
    option: 'default-queue-limit',
    consequence: 'a backup shuts down when a queue outgrows its own limit',
  },
  {
    option: 'max-queues-per-user',
    consequence: 'after a fail-over a user may create fewer queues, or more',
  },
  {
    option: 'default-flow-stop-threshold',
    consequence: 'producers are stopped at another level after a fail-over',
  },
  {
    option: 'default-flow-resume-threshold',
    consequence: 'producers go on at another level after a fail-over',
  },
  { option: 'protocols', consequence: 'after a fail-over some clients cannot connect any more' },
];

/** Of a list its words, in any order; empty where it is not set, which stands for all. */
function spelled(conf: ConfDocument, option: string): string | undefined {
  if (option !== 'protocols') return spelledValue(conf, option);
  const words = settingsOf(conf, option).flatMap(({ text }) => text.split(',').map((word) => word.trim()));
  return [...new Set(words)].sort().join(',') || 'amqp0-10,amqp1.0';
}

function member(...lines: readonly string[]): string {
  return ['ha-cluster=yes', 'ha-brokers-url=node1,node2,node3', 'ha-replicate=all', ...lines, ''].join('\n');
}
