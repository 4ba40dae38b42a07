import type { Rule } from '../../text/rule';
import { isClusterMember } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const portForTools: Rule<ConfDocument> = {
  id: 'ha/port-for-tools',
  title: 'Port that qpid-ha cannot use',
  severity: 'warning',
  why: '`qpid-ha --config` puts the text of `port` behind the host as it is: a sign there is no URL to it, and it exits with `ValueError`. With `port=0` the broker takes any port that is free, and the other members look for it in vain, as does `qpid-ha`, which dials port 0.',
  source: 'qpid-ha connect; qpid-python qpid/util.py URL',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nport=+5672\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nport=5672\n',
    ),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nport=0\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nport=05672\n'),
    good('ha-queue-replication=yes\nport=0\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'port');
    // A negative number is a finding of its own.
    if (setting?.understood.kind !== 'integer' || setting.understood.wrapped || !isClusterMember(document))
      return;
    const { value, text, correction = text, understood } = setting;
    const place = { uri: document.source.uri, span: value };
    if (understood.value === 0) {
      const message =
        'The broker takes any free port, on which neither the other members nor "qpid-ha --config" find it: write the port of its address in "ha-brokers-url".';
      report({ ...place, message });
    } else if (/^[+-]/.test(correction)) {
      const plain = String(understood.value);
      const message = `"qpid-ha --config", and with it the scripts that promote a broker, fails on the sign: write ${plain}.`;
      report({ ...place, message, fix: fixBy(`Change to "${plain}"`, replacement(document, value, plain)) });
    }
  },
};
