import { quotable } from '../../manifest/addresses';
import { effectiveInteger, settingOf } from '../../qpidd-conf/model';
import { flowThresholds } from '../../qpidd-conf/rules/flow-thresholds';
import type { FindingDraft, Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { placeOfOption } from '../members';
import { pairsOf, type Route, routesOf, type SideFile } from '../pairs';
import type { Project } from '../project';
import { isReported } from '../reported';

const limit = 'default-queue-limit';
const threshold = 'default-flow-stop-threshold';

export const replicaLimits: Rule<Project> = {
  id: 'ha/replica-limits',
  title: 'A replica broker with tighter limits than its origin',
  severity: 'warning',
  why: 'A replica is never smaller than its origin. When it reaches its flow control, the producers of the *origin* are stopped; when it reaches its limit, its whole broker shuts down, with exit code 0: `Replication failed: resource-limit-exceeded`. A replica queue that is created by a `start` has no limit of its own and takes none from the broker. With `create: never` somebody else has created it, and if they gave it no limit it has that of the broker, `default-queue-limit`.',
  source: 'ha/QueueReplicator.cpp:361, ha/HaBroker.cpp:220, QueueFlowLimit.cpp; measured',
  bad: [
    pairExample(broker(), broker('default-queue-limit=1048576'), { replication: ['create: never'] }),
    pairExample(broker('default-queue-limit=0'), broker(), { replication: ['create: never'] }),
    pairExample(broker(), broker('default-flow-stop-threshold=75'), { replication: ['create: never'] }),
  ],
  good: [
    pairExample(broker(), broker('default-queue-limit=0'), { replication: ['create: never'] }),
    pairExample(broker(), broker('default-queue-limit=1048576')),
    pairExample(broker(), broker('default-flow-stop-threshold=0', 'default-flow-resume-threshold=0'), {
      replication: ['create: never'],
    }),
  ],
  check(project, report) {
    for (const route of routesOf(project)) {
      if (route.replications.every(({ create }) => create !== 'never')) continue;
      const done = new Set<SideFile>();
      for (const { origin, replica } of pairsOf(route)) {
        const draft = done.has(replica) ? undefined : tighter(route, origin, replica);
        if (draft === undefined) continue;
        done.add(replica);
        report(draft);
      }
    }
  },
};

const unlimited = Number.POSITIVE_INFINITY;

function tighter(
  { origin: { broker } }: Route,
  origin: SideFile,
  replica: SideFile,
): FindingDraft | undefined {
  const read = ({ conf }: SideFile, option: string) => effectiveInteger(conf, option) || unlimited;
  const [there, here] = [read(origin, limit), read(replica, limit)];
  // Two thresholds that do not go together are a finding of their own.
  const ratios = isReported(replica.conf, flowThresholds)
    ? [0, 0]
    : [read(origin, threshold), read(replica, threshold)];
  const [stopThere = 0, stopHere = 0] = ratios;
  const option = here < there ? limit : here === there && stopHere < stopThere ? threshold : undefined;
  if (option === undefined) return undefined;
  const consequence =
    option === limit
      ? 'a replica that reaches its limit shuts this whole broker down'
      : "a replica that reaches its threshold stops the origin's producers";
  const name = quotable(broker.name.value);
  return {
    uri: replica.conf.source.uri,
    span: placeOfOption(replica.conf, option),
    message: `"${option}" is ${shown(replica, option)} here and ${shown(origin, option)} on the origin "${name}": ${consequence}. Allow replicas at least as much, or 0 for no limit.`,
    related: [
      {
        uri: origin.conf.source.uri,
        span: placeOfOption(origin.conf, option),
        message: `The origin "${name}" has this file.`,
      },
    ],
  };
}

function shown({ conf }: SideFile, option: string): string {
  return `${effectiveInteger(conf, option)}${settingOf(conf, option) === undefined ? ', its default,' : ''}`;
}

function broker(...lines: readonly string[]): string {
  return ['ha-queue-replication=yes', 'auth=no', ...lines, ''].join('\n');
}
