import type { Rule } from '../../text/rule';
import type { Option } from '../catalogue';
import { isClusterMember, placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, type Setting, settingOf, settingsOfOptions } from '../model';
import { bad, good } from './report';

export const optionWithoutMode: Rule<ConfDocument> = {
  id: 'ha/option-without-mode',
  title: 'HA option that has no effect in this mode',
  severity: 'warning',
  why: 'The options of HA are accepted in every mode, without a message. `ha-brokers-url`, `ha-public-url`, `ha-replicate` and `ha-backup-timeout` are for members of a cluster only: a stand-alone broker with `ha-replicate=all` replicates nothing by itself. With both modes off, no option of HA has an effect. Where the mode is switched off by an explicit `no`, this is taken as meant, and is an information only.',
  source: 'ha/HaPlugin.cpp:77, HaBroker.cpp initialize; measured',
  bad: [
    bad('ha-queue-replication=yes\nha-replicate=all\n'),
    bad('ha-brokers-url=node1,node2,node3\nha-replicate=all\n'),
    bad('ha-cluster=no\nha-brokers-url=node1,node2,node3\n'),
    bad('ha-queue-replication=no\nha-username=qpid-ha\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=all\n'),
    good('ha-queue-replication=yes\nha-username=qpid-ha\n'),
    good('ha-queue-replication=yes\nha-brokers-url=none\nha-replicate=none\n'),
  ],
  check(document, report) {
    if (isClusterMember(document)) return;
    const cluster = settingOf(document, 'ha-cluster');
    const queues = settingOf(document, 'ha-queue-replication');
    const allOff = queues !== undefined && !effectiveBoolean(document, 'ha-queue-replication');
    const idle = (setting: Setting) => allOff || clusterOnly.has(setting.option.name);
    const [first, ...others] = settingsOfOptions(document, isOfHa).filter(
      (setting) => asksForSomething(setting) && idle(setting),
    );
    if (first === undefined) return;
    const more = new Set(others.map(({ option }) => option.name));
    more.delete(first.option.name);
    const also = more.size === 0 ? '' : ` Nor do ${more.size === 1 ? 'one' : more.size} more.`;
    const needed = clusterOnly.has(first.option.name) ? 'ha-cluster=yes' : 'ha-queue-replication=yes';
    report({
      uri: document.source.uri,
      span: placeOf(first),
      severity: cluster !== undefined || allOff ? 'info' : 'warning',
      message: `"${first.option.name}" has no effect without "${needed}".${also}`,
    });
  },
};

const clusterOnly: ReadonlySet<string> = new Set([
  'ha-brokers-url',
  'ha-public-url',
  'ha-replicate',
  'ha-backup-timeout',
]);

const modes: ReadonlySet<string> = new Set(['ha-cluster', 'ha-queue-replication']);

function isOfHa({ module, name }: Option): boolean {
  return module === 'ha.so' && !modes.has(name);
}

/** The values that mean "none" do not. */
function asksForSomething({ text, understood }: Setting): boolean {
  if (understood.kind === 'invalid') return false;
  return text !== '' && text !== 'none' && (understood.kind !== 'url' || understood.url !== undefined);
}
