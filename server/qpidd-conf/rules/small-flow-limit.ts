import type { Severity } from '../../text/finding';
import type { Rule } from '../../text/rule';
import { placeOf, takesPartInHa } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, offerBy, replacement } from './report';

export const smallFlowLimit: Rule<ConfDocument> = {
  id: 'ha/small-flow-limit',
  title: 'Replication with very little credit',
  severity: 'warning',
  why: 'A replicator asks the origin for as many messages and bytes as these limits say, and for more only when it has them. A message larger than `ha-flow-bytes` never comes: the replication stands still for good, the producers of the origin with it, and nothing is logged. With a handful of messages it costs a round trip for each few of them. 0 means no limit.',
  source: 'ha/QueueReplicator.cpp:290; measured',
  bad: [
    bad('ha-queue-replication=yes\nha-flow-bytes=1000\n', 'ha-queue-replication=yes\nha-flow-bytes=0\n'),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-flow-messages=1\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-flow-messages=1000\n',
    ),
  ],
  good: [
    good('ha-queue-replication=yes\nha-flow-bytes=0\nha-flow-messages=0\n'),
    good('ha-queue-replication=yes\nha-flow-bytes=10000000\nha-flow-messages=100\n'),
  ],
  check(document, report) {
    if (!takesPartInHa(document)) return;
    for (const { name, least, usual, severity, message } of limits) {
      const setting = settingOf(document, name);
      const value = setting?.understood.kind === 'integer' ? setting.understood.value : 0;
      if (setting === undefined || value === 0 || value >= least) continue;
      const fix = offerBy(`Change to "${usual}", the default`, replacement(document, setting.value, usual));
      report({ uri: document.source.uri, span: placeOf(setting), severity, message, fix });
    }
  },
};

interface Limit {
  readonly name: string;
  /** What is below is surely too small. */
  readonly least: number;
  /** The default. */
  readonly usual: string;
  readonly severity: Severity;
  readonly message: string;
}

const limits: readonly Limit[] = [
  {
    name: 'ha-flow-bytes',
    least: 65_536,
    usual: '0',
    severity: 'warning',
    message:
      'A message larger than this many bytes stops its replication, and the producers of the origin, for good: write 0 for no limit, or some millions.',
  },
  {
    name: 'ha-flow-messages',
    least: 10,
    usual: '1000',
    severity: 'info',
    message: 'With so little credit replication waits for the network most of the time: write 100 or more.',
  },
];
