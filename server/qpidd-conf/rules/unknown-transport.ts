import type { Rule } from '../../text/rule';
import { quoted } from '../describe';
import { type ConfDocument, effectiveBoolean, effectiveInteger, settingOf } from '../model';
import { meantWord } from '../values/enumeration';
import { bad, fixBy, good, replacement } from './report';

export const unknownTransport: Rule<ConfDocument> = {
  id: 'conf/unknown-transport',
  title: 'Transport that the broker does not have',
  severity: 'error',
  why: 'The port of `transport` is printed with `port=0` and written to the pid file of a daemon. Then an unknown transport stops the broker: `No such transport`. In all other cases the option has no effect.',
  source: 'posix/QpiddBroker.cpp, Broker.cpp getTransportInfo; measured',
  bad: [
    bad('transport=TCP\nport=0\n', 'transport=tcp\nport=0\n'),
    bad('daemon=yes\ntransport=udp\n'),
    bad('transport=udp\n'),
  ],
  good: [good('transport=ssl\nport=0\n'), good('transport=tcp\ndaemon=yes\n')],
  check(document, report) {
    const setting = settingOf(document, 'transport');
    if (setting === undefined || document.modules.foreign || setting.text.includes('\r')) return;
    const known = [...document.modules.transports];
    if (settingOf(document, 'socket-fd') !== undefined) known.push('socket');
    if (known.includes(setting.text)) return;
    const needed = effectiveBoolean(document, 'daemon') || effectiveInteger(document, 'port') === 0;
    const meant = meantWord(known, setting.text);
    report({
      uri: document.source.uri,
      span: setting.value,
      severity: needed ? 'error' : 'warning',
      message: `The broker has no transport ${quoted(setting.text)}${needed ? ' and gives up' : ', which will stop it as a daemon or with port=0'}: write one of ${known.join(', ')}.`,
      ...(meant === undefined
        ? {}
        : { fix: fixBy(`Change to "${meant}"`, replacement(document, setting.value, meant)) }),
    });
  },
};
