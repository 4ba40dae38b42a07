import type { Rule } from '../../text/rule';
import { placeOf, takesPartInHa } from '../ha';
import { type ConfDocument, type Setting, settingOf, settingsOf } from '../model';
import { bad, good } from './report';

export const lossyCopies: Rule<ConfDocument> = {
  id: 'ha/lossy-copies',
  title: 'Messages of AMQP 1.0 that change on their way to a replica',
  severity: 'info',
  why: 'Replicators speak AMQP 0-10. A message that a client sent by AMQP 1.0 is translated: on the replica a string becomes binary data and a number a list; message id, group id, creation time, annotations and some reply addresses are lost, and its address is that of the replicator. Bodies of binary data, and maps, arrive whole.\n\nThe finding is for files with options that are for clients of AMQP 1.0 only.',
  source: 'broker/amqp/Translation.cpp:183; measured',
  bad: [
    bad('ha-queue-replication=yes\nqueue-patterns=orders\\..*\n'),
    bad('ha-queue-replication=yes\nprotocols=amqp0-10\nprotocols=amqp1.0\ntopic-patterns=news\n'),
  ],
  good: [
    good('ha-queue-replication=yes\nprotocols=amqp0-10\nqueue-patterns=orders\n'),
    good('ha-queue-replication=yes\n'),
    good('queue-patterns=orders\\..*\n'),
  ],
  check(document, report) {
    if (!takesPartInHa(document)) return;
    const setting = inUse(document);
    if (setting === undefined) return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message:
        'What clients send by AMQP 1.0 arrives changed on a replica: strings become binary data, and message ids are lost. Send binary data or maps, or use AMQP 0-10.',
    });
  },
};

function inUse(document: ConfDocument): Setting | undefined {
  const protocols = settingsOf(document, 'protocols');
  if (protocols.length > 0 && !protocols.some(({ text }) => text.includes('1.0'))) return undefined;
  return settingOf(document, 'queue-patterns') ?? settingOf(document, 'topic-patterns');
}
