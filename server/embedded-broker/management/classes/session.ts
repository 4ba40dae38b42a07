import { binary, uint, ulong, ushort } from '../../../amqp/codec/value';
import type { Broker } from '../../broker';
import { type ManagedObject, managedClass } from '../managed-class';
import { objectName, reference, vhostReference } from '../names';

interface AnySession {
  readonly name: string;
  readonly created: bigint;
  readonly channel: number;
  readonly connection: string;
}

function toObject({ name, created, channel, connection }: AnySession): ManagedObject {
  return {
    name: objectName('session', name),
    created,
    values: () => ({
      TxnCommits: ulong(0),
      TxnCount: uint(0),
      TxnRejects: ulong(0),
      TxnStarts: ulong(0),
      attached: true,
      channelId: ushort(channel),
      clientCredit: uint(0),
      connectionRef: reference('connection', connection),
      detachedLifespan: uint(0),
      framesOutstanding: uint(0),
      fullName: binary(name),
      name: binary(name),
      unackedMessages: ulong(0),
      vhostRef: vhostReference(),
    }),
  };
}

/** Of clients, and of the bridges that feed replicas here. */
function sessions(broker: Broker): readonly AnySession[] {
  const incoming = [...broker.connections].flatMap(({ sessions: opened, address }) =>
    [...opened.values()].map((session) => ({ ...session, connection: address })),
  );
  const outgoing = [...broker.links.bridges]
    .filter(({ active }) => active)
    .map(({ sessionName, sessionCreated, channel, link }) => ({
      name: `@QPID.${sessionName}`,
      created: sessionCreated,
      channel,
      connection: link.name,
    }));
  return [...incoming, ...outgoing];
}

export const sessionClass = managedClass({
  name: 'session',
  hash: '6871801a-5767-fcaa-9039-1418cb389b40',
  list: (broker) => sessions(broker).map(toObject),
});
