import { quotable } from '../../manifest/addresses';
import type { Rule } from '../../text/rule';
import { isCluster, routesOf } from '../pairs';
import type { Project } from '../project';

export const replicaAfterFailOver: Rule<Project> = {
  id: 'ha/replica-after-fail-over',
  title: 'Replicas in a cluster that nobody starts again after a fail-over',
  severity: 'info',
  why: 'Links and bridges of a replicator are no part of what a cluster replicates: when another member becomes the primary, the replication ends without a message. The work-around is to set it up again whenever a member is promoted: the script that promotes, `qpidd-primary`, does it in its `start`, between the start of the broker and `qpid-ha promote`, on every host. Name that script as `primaryScript`, and nothing is reported.',
  source: 'Active-Passive-Cluster, work-around for fail-over of a replica queue; HaBroker.cpp:177; measured',
  bad: [{ files: { 'replicas.qpid.yaml': manifest('') } }],
  good: [{ files: { 'replicas.qpid.yaml': manifest('    primaryScript: east/qpidd-primary\n') } }],
  check(project, report) {
    const reported = new Set<unknown>();
    for (const { manifest: document, replica } of routesOf(project)) {
      const { broker } = replica;
      if (reported.has(broker) || broker.primaryScript !== undefined || !isCluster(replica)) continue;
      reported.add(broker);
      report({
        uri: document.source.uri,
        span: broker.name.span,
        message: `"${quotable(broker.name.value)}" is a cluster, and after a fail-over its replicas end: the script that promotes a member has to start them again. Name it as "primaryScript".`,
      });
    }
  },
};

function manifest(script: string): string {
  return `version: 1\nbrokers:\n  node1:\n    address: node1\n  east:\n    address: east1,east2,east3\n${script}replications:\n  - queue: myqueue\n    from: node1\n    to: east\n`;
}
