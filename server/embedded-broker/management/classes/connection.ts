import { type AmqpValue, binary, int, mapOf, ulong, ushort } from '../../../amqp/codec/value';
import type { Connection } from '../../connection';
import type { Link } from '../../replication/link';
import { type ManagedObject, type Method, managedClass, type Values } from '../managed-class';
import { objectName, vhostReference } from '../names';

function common(address: string): Values {
  return {
    SystemConnection: false,
    address: binary(address),
    bytesFromClient: ulong(0),
    bytesToClient: ulong(0),
    closing: false,
    federationLink: false,
    framesFromClient: ulong(0),
    framesToClient: ulong(0),
    saslSsf: ushort(0),
    shadow: false,
    userProxyAuth: false,
    vhostRef: vhostReference(),
  };
}

/** From a client, or from a broker that replicates. */
function incoming(connection: Connection): ManagedObject {
  const { peer, identity, isFederation, address } = connection;
  return {
    name: objectName('connection', address),
    created: connection.created,
    values: () => ({
      ...common(address),
      authIdentity: binary(identity),
      incoming: true,
      msgsFromClient: ulong(connection.messagesIn),
      msgsToClient: ulong(connection.messagesOut),
      protocol: binary(isFederation ? 'AMQP 0-10' : 'AMQP 1.0'),
      remoteProperties: remoteProperties(connection),
      saslMechanism: binary(isFederation ? '' : peer.mechanism),
    }),
  };
}

function remoteProperties({ peer, isFederation, federationProperties }: Connection): AmqpValue {
  if (isFederation) return federationProperties;
  const said = Object.entries(peer.properties).flatMap(([name, value]): [string, AmqpValue][] => {
    if (typeof value === 'number') return [[name, int(value)]];
    if (typeof value === 'string') return [[name, binary(value)]];
    return typeof value === 'boolean' ? [[name, value]] : [];
  });
  return mapOf({ 'container-id': binary(peer.containerId), ...Object.fromEntries(said) });
}

/** To the origin of a replica. */
function outgoing({ name, connectedSince }: Link): readonly ManagedObject[] {
  if (connectedSince === undefined) return [];
  const values = (): Values => ({
    ...common(name),
    authIdentity: binary(''),
    incoming: false,
    msgsFromClient: ulong(0),
    msgsToClient: ulong(0),
    protocol: binary('AMQP 0-10'),
    remoteProperties: mapOf({}),
    saslMechanism: binary(''),
  });
  return [{ name: objectName('connection', name), created: connectedSince, values }];
}

const close: Method = ({ broker }, _args, key) => {
  const connection = [...broker.connections].find(({ address }) => address === key);
  connection?.peer.close({
    condition: 'amqp:connection:forced',
    description: 'Closed by Management Request',
  });
  return {};
};

export const connectionClass = managedClass({
  name: 'connection',
  hash: 'f3461bfb-c7d3-e304-9316-295f9b832e4d',
  list: (broker) => [...[...broker.connections].map(incoming), ...broker.links.links.flatMap(outgoing)],
  methods: { close },
});
