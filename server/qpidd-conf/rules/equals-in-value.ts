import type { Rule } from '../../text/rule';
import { isClusterMember } from '../ha';
import { type ConfDocument, type SettingContent, settingsThat } from '../model';
import { bad, good } from './report';

export const equalsInValue: Rule<ConfDocument> = {
  id: 'ha/equals-in-value',
  title: 'File that qpid-ha cannot read because of a second "="',
  severity: 'warning',
  why: 'For the broker a second `=` is a part of the value. `qpid-ha --config`, which the scripts of a cluster use to look at a broker and to promote it, has a reader of its own and exits with `ValueError: dictionary update sequence element`, whatever option has such a value. Nothing is promoted at a fail-over.',
  source: 'qpidtoollibs/config.py parse_qpidd_conf; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=a=b\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nlog-prefix=broker=east\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nlog-prefix=east # broker=east\n'),
    good('ha-queue-replication=yes\nha-password=a=b\n'),
  ],
  check(document, report) {
    if (!isClusterMember(document)) return;
    const [setting] = settingsThat(document, holdsEquals);
    if (setting === undefined) return;
    const { option, value } = setting;
    const secret = option.secret === true;
    report({
      uri: document.source.uri,
      span: value,
      message: `The broker takes the second "=" as a part of ${secret ? 'the password' : 'the value'}, and "qpid-ha --config", with it the scripts that promote a broker, fails on this file: ${secret ? 'choose a password without "="' : 'write it without "="'}.`,
    });
  },
};

function holdsEquals({ text, correction, understood }: SettingContent): boolean {
  return understood.kind !== 'invalid' && (correction ?? text).includes('=') && !text.includes('\r');
}
