import type { Rule } from '../../text/rule';
import { isClusterMember, modeSetting, placeOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, insertion, offerBy, replacement } from './report';

const option = 'link-heartbeat-interval';

/** Seconds; the producers of a replicated queue may stall for twice as long. */
const longest = 30;

export const slowHeartbeat: Rule<ConfDocument> = {
  id: 'ha/slow-heartbeat',
  title: 'Peer that hangs is noticed late, or never',
  severity: 'info',
  why: 'Producers of a replicated queue wait until the replica or backup has their messages. When that one hangs, they stall until the link counts as dead: two heartbeat intervals, four minutes with the default of 120 seconds. With 0 there are no heartbeats and they stall for ever, which is a warning. `qpid-ha --config` takes the same setting for its timeout, and without it waits for ever for a broker that hangs, and with it the scripts that start and watch a cluster. 5 to 10 seconds are a good choice.',
  source: 'Active-Passive-Cluster, ha-troubleshoot-slow-recovery; qpid-ha:94; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\n',
      'link-heartbeat-interval=10\nha-cluster=yes\nha-brokers-url=node1,node2\n',
    ),
    bad(
      'ha-queue-replication=yes\nlink-heartbeat-interval=60\n',
      'ha-queue-replication=yes\nlink-heartbeat-interval=10\n',
    ),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=0\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=10\n',
    ),
  ],
  good: [
    good('ha-queue-replication=yes\nlink-heartbeat-interval=10\n'),
    good('ha-queue-replication=yes\n'),
    good('ha-queue-replication=no\nlink-heartbeat-interval=120\n'),
  ],
  check(document, report) {
    const mode = modeSetting(document);
    if (mode === undefined) return;
    const { uri } = document.source;
    const setting = settingOf(document, option);
    if (setting === undefined) {
      // Whose producers a stand-alone broker would stall, and whether any, does not stand in its file.
      if (!isClusterMember(document)) return;
      const message = `When a peer hangs, producers of replicated queues stall for up to 4 minutes, and qpid-ha for ever: set "${option}", for example to 10.`;
      const fix = offerBy(`Add "${option}=10"`, insertion(document, mode.line, `${option}=10`));
      report({ uri, span: mode.key, message, fix });
      return;
    }
    // What is no number, or below a second, is a finding of its own.
    const fix = offerBy('Change to "10"', replacement(document, setting.value, '10'));
    const seconds = setting.understood.kind === 'duration' ? setting.understood.seconds : longest;
    if (seconds === 0) {
      const message =
        'Without heartbeats a peer that hangs is never noticed, and producers of replicated queues stall for ever: write 5 to 10.';
      report({ uri, span: placeOf(setting), severity: 'warning', message, fix });
    } else if (seconds > longest && seconds < 9.22e9) {
      const message = `When a peer hangs, producers of replicated queues stall for up to ${Math.round(seconds * 2)} seconds: 5 to 10 are a good choice.`;
      report({ uri, span: placeOf(setting), message, fix });
    }
  },
};
