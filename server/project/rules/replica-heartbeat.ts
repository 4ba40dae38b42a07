import { quotable } from '../../manifest/addresses';
import { isClusterMember } from '../../qpidd-conf/ha';
import { settingOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { replicaFiles } from '../pairs';
import type { Project } from '../project';

const option = 'link-heartbeat-interval';

export const replicaHeartbeat: Rule<Project> = {
  id: 'ha/replica-heartbeat',
  title: 'A replica broker that stalls its origin for minutes when it hangs',
  severity: 'info',
  why: 'Producers of a replicated queue wait until the replica has their messages. When the replica broker hangs, they stall until the origin counts the link as dead: two intervals of heartbeats, four minutes with the default of 120 seconds. The interval that counts is that of the replica broker. With 3 seconds there, producers were held up for 6 seconds.',
  source: 'broker/ConnectionHandler.cpp:435; measured',
  bad: [pairExample(broker('link-heartbeat-interval=5'), broker())],
  good: [pairExample(broker(), broker('link-heartbeat-interval=5'))],
  check(project, report) {
    for (const { side, file } of replicaFiles(project)) {
      const { conf, link } = file;
      // In a cluster, and where it is set, it is judged in the file alone.
      if (isClusterMember(conf) || settingOf(conf, option) !== undefined) continue;
      report({
        uri: conf.source.uri,
        span: placeOfOption(conf, option),
        message: `When this replica broker hangs, producers on its origins stall for up to 4 minutes: set "${option}", for example to 5.`,
        related: [
          {
            uri: link.manifest.source.uri,
            span: link.path.span,
            message: `The manifest uses this file for "${quotable(side.broker.name.value)}", which holds replicas.`,
          },
        ],
      });
    }
  },
};

function broker(...lines: readonly string[]): string {
  return ['ha-queue-replication=yes', 'auth=no', ...lines, ''].join('\n');
}
