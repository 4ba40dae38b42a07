import type { Rule } from '../../text/rule';
import { type ConfDocument, settingOf, settingsOf } from '../model';
import { bad, good, offerBy, removal } from './report';

export const nothingListens: Rule<ConfDocument> = {
  id: 'conf/nothing-listens',
  title: 'No transport left to listen',
  severity: 'error',
  why: 'With `listen-disable=tcp` a broker needs SSL, that is a certificate database in `ssl-cert-db`, or an inherited socket. Without either it gives up with `No transports are listening for incoming connections`.',
  source: 'Broker.cpp accept, sys/TCPIOPlugin.cpp, sys/SslPlugin.cpp; measured',
  bad: [
    bad('listen-disable=tcp\n', '\n'),
    bad(
      'listen-disable=tcp\nlisten-disable=ssl\nssl-cert-db=/etc/pki/qpidd\n',
      'listen-disable=ssl\nssl-cert-db=/etc/pki/qpidd\n',
    ),
  ],
  good: [
    good('listen-disable=tcp\nssl-cert-db=/etc/pki/qpidd\n'),
    good('listen-disable=ssl\n'),
    good('listen-disable=tcp\nsocket-fd=3\n'),
  ],
  check(document, report) {
    const disabled = settingsOf(document, 'listen-disable');
    const tcp = disabled.find(({ text }) => text === 'tcp');
    const ssl =
      (settingOf(document, 'ssl-cert-db')?.text ?? '') !== '' && !disabled.some(({ text }) => text === 'ssl');
    const socket = settingOf(document, 'socket-fd') !== undefined;
    const other = document.modules.foreign || document.modules.transports.has('rdma');
    if (tcp === undefined || ssl || socket || other) return;
    report({
      uri: document.source.uri,
      span: tcp.value,
      message:
        'Without TCP and without SSL no transport is left to listen, and the broker gives up: remove this line, or set "ssl-cert-db" and leave SSL on.',
      ...(disabled.filter(({ text }) => text === 'tcp').length === 1
        ? { fix: offerBy('Listen on TCP: remove the line', removal(document, tcp.line)) }
        : {}),
    });
  },
};
