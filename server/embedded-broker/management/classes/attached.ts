import { binary, ulong } from '../../../amqp/codec/value';
import type { Broker } from '../../broker';
import type { Attached, Connection } from '../../connection';
import { type ManagedClass, type ManagedObject, managedClass } from '../managed-class';
import { objectName, reference } from '../names';

function toObject({ peer, sessions }: Connection, attached: Attached): ManagedObject {
  const { direction, name, session, address, created } = attached;
  const isSource = direction === 'outgoing';
  return {
    name: objectName(direction, `${peer.containerId},${name}`),
    created,
    values: () => ({
      containerid: binary(peer.containerId),
      domain: binary(''),
      name: binary(name),
      sessionRef: reference('session', sessions.get(session)?.name ?? ''),
      source: binary(isSource ? address : ''),
      target: binary(isSource ? '' : address),
      transfers: ulong(attached.transfers()),
    }),
  };
}

/** Links of AMQP 1.0 clients; replicas have subscriptions instead. */
function linkClass(name: Attached['direction'], hash: string): ManagedClass {
  return managedClass({
    name,
    hash,
    list: (broker: Broker) =>
      [...broker.connections].flatMap((connection) =>
        [...connection.attached]
          .filter(({ direction }) => direction === name)
          .map((attached) => toObject(connection, attached)),
      ),
  });
}

/** Clients that send. */
export const incomingClass = linkClass('incoming', '0e76d643-06b0-498b-330e-ba248f8d9be7');

/** Clients that receive, or only look. */
export const outgoingClass = linkClass('outgoing', '91286e12-fb96-cd62-8939-0c12c21f3dc0');
