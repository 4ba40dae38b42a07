import type { Rule } from '../../text/rule';
import type { IntegerType } from '../catalogue';
import { describeRange } from '../describe';
import { type ConfDocument, type Setting, type SettingContent, settingsThat } from '../model';
import { bad, good, reportEach } from './report';

export const outOfRange: Rule<ConfDocument> = {
  id: 'conf/out-of-range',
  title: 'Number outside the limits that the broker checks at start-up',
  severity: 'error',
  why: 'Some numbers fit their type, are accepted with the rest of the file, and stop the broker a moment later: no worker thread, more than 65530 connections or queues in an ACL limit, a flow control threshold above 100 percent, a journal file without a size. With a partition of the store that is not from 1 to 999 the broker searches for it for ever, and never listens. A negative number for an unsigned option counts as the large number that it wraps to: `max-connections=-1` is 65535.',
  source:
    'Broker.cpp run, Acl.cpp, QueueFlowLimit.cpp setDefaults, linearstore chkEfpFileSizeKiB and EmptyFilePoolManager.cpp findEfpPartitions; measured',
  bad: [
    bad('worker-threads=0\n'),
    bad('max-connections=65535\n'),
    bad('connection-limit-per-user=-1\n'),
    bad('default-flow-stop-threshold=101\n'),
    bad('efp-file-size=0\n'),
    bad('efp-partition=0\n'),
    bad('efp-partition=1000\n'),
    bad('load-module=/usr/lib64/qpid/daemon/legacystore.so\nnum-jfiles=2\n'),
  ],
  good: [
    good('worker-threads=1\n'),
    good('max-connections=65530\n'),
    good('default-flow-stop-threshold=100\n'),
  ],
  check(document, report) {
    const outside = settingsThat(document, isOutsideItsRange).flatMap((setting) => {
      const { type } = setting.option;
      return type.kind === 'integer' ? [{ setting, type }] : [];
    });
    reportEach(document, report, outside, ({ setting, type }) => ({
      uri: document.source.uri,
      span: setting.value,
      message: `"${setting.option.name}" is ${shown(setting)}, and the broker does not come up: it must be from ${describeRange(type)}.`,
    }));
  },
};

function isOutsideItsRange(setting: SettingContent): boolean {
  const { type } = setting.option;
  return type.kind === 'integer' && isOutside(setting, type);
}

/** True for a number that is accepted with the file and refused at start-up. */
export function isOutside({ understood }: SettingContent, { min, max }: IntegerType): boolean {
  return (
    understood.kind === 'integer' &&
    (understood.value < (min ?? understood.value) || understood.value > (max ?? understood.value))
  );
}

function shown({ text, understood }: Setting): string {
  return understood.kind === 'integer' && understood.wrapped
    ? `${text}, which wraps to ${understood.value}`
    : text;
}
