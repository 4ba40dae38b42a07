import type { Rule } from '../../text/rule';
import { isClusterMember } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const heartbeatWithUnit: Rule<ConfDocument> = {
  id: 'ha/heartbeat-with-unit',
  title: 'Heartbeat that qpid-ha cannot read',
  severity: 'warning',
  why: 'The broker takes `10s`. `qpid-ha --config`, which the scripts of a cluster use to look at a broker and to promote it, takes the value for a bare number and exits: `invalid literal for float(): 10s`. Nothing is promoted at a fail-over. The same goes for the other spellings of a number that only the broker knows, such as `0x10`.',
  source: 'qpid-ha:96; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=10s\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=10\n',
    ),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=2500ms\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=2.5\n',
    ),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=0x10\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=16\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=10\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nlink-heartbeat-interval=+1e1\n'),
    good('ha-queue-replication=yes\nlink-heartbeat-interval=10s\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'link-heartbeat-interval');
    if (setting === undefined || setting.understood.kind !== 'duration') return;
    if (!isClusterMember(document) || isFloat(setting.correction ?? setting.text)) return;
    const { seconds } = setting.understood;
    const plain = String(seconds);
    const certain = setting.parsed.kind === 'duration' && /^[0-9]+(?:\.[0-9]+)?$/.test(plain);
    report({
      uri: document.source.uri,
      span: setting.value,
      message:
        'The broker reads this, but "qpid-ha --config", and with it the scripts that promote a broker, fail on it: write a bare number of seconds.',
      ...(certain ? { fix: fixBy(`Change to "${plain}"`, replacement(document, setting.value, plain)) } : {}),
    });
  },
};

/** What Python 2 reads as a number. */
function isFloat(text: string): boolean {
  return /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)$/i.test(text);
}
