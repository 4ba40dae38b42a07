import type { Rule } from '../../text/rule';
import { placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf, settingsOf } from '../model';
import { bad, good, offerBy, removal } from './report';

export const daemonInFile: Rule<ConfDocument> = {
  id: 'conf/daemon-in-file',
  title: 'Broker that leaves whoever started it',
  severity: 'info',
  why: 'With `daemon=yes` the process that was started ends as soon as its child has come up, and the log goes to syslog. Started by hand or by the init script this works. The unit that comes with the broker is of `Type=simple`: systemd takes the end of that process for the end of the service and stops what is left of it, and a container ends with it too. Let the command line ask for it: `qpidd --daemon`.',
  source: 'etc/fedora/qpidd.service, posix/QpiddBroker.cpp; measured',
  bad: [bad('daemon=yes\nauth=no\n', 'auth=no\n')],
  good: [good('daemon=no\n'), good('pid-dir=/var/run/qpidd\n')],
  check(document, report) {
    const setting = settingOf(document, 'daemon');
    if (setting === undefined || !effectiveBoolean(document, 'daemon')) return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message:
        'Under systemd (Type=simple) or in a container the broker ends as soon as it has started: leave "daemon" to the command line.',
      ...(settingsOf(document, 'daemon').length === 1 && settingOf(document, 'transport') === undefined
        ? { fix: offerBy('Remove the line', removal(document, setting.line)) }
        : {}),
    });
  },
};
