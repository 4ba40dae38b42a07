import type { Rule } from '../../text/rule';
import { placeOf, takesPartInHa } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const domainInReplies: Rule<ConfDocument> = {
  id: 'ha/domain-in-replies',
  title: 'Domain that makes management drop its replies',
  severity: 'warning',
  why: 'The broker appends `@` and the `domain` to the addresses that it makes up for AMQP 1.0 clients. A client that asks management with such an address for the reply waits for ever: there is no queue of that name, and the reply is dropped without a message. HA is controlled through management; the client has to cut the domain off. Clients of AMQP 0-10, such as `qpid-ha`, are not concerned.',
  source: 'broker/amqp/Session.cpp:392, Translation.cpp:46; measured',
  bad: [bad('ha-queue-replication=yes\ndomain=example.org\n')],
  good: [good('ha-queue-replication=yes\ndomain=\n'), good('domain=example.org\n')],
  check(document, report) {
    const setting = settingOf(document, 'domain');
    if (setting === undefined || setting.text === '' || !takesPartInHa(document)) return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message:
        'Management drops its replies to AMQP 1.0 clients that do not cut this domain off their reply address: remove the line, unless they do.',
    });
  },
};
