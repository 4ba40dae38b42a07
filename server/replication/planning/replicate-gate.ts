/** Holds the calls of `replicate` back, so that an origin broker can keep up with the connections they bring. */
import type { BrokerConnection } from '../../amqp/contract';
import type { EngineContext } from '../contract';
import { stopIfCancelled } from '../patience';
import { withWrappedConnections } from '../wrapped-connections';
import { createGate, type Gate } from './gate';

/**
 * Each `replicate` opens a connection to the origin, and a broker keeps ten waiting (connection-backlog): those
 * beyond it are tried again a second later. Measured: eight at a time are as fast as any number that fits.
 */
const replicatesAtOnce = 8;

/** The same context, in which no replica broker gets more than eight calls of `replicate` at a time. */
export function withReplicateGate(context: EngineContext): EngineContext {
  const gates = new Map<string, Gate>();
  return withWrappedConnections(context, (connection, { endpoint }) => {
    const gate = gates.get(endpoint.text) ?? createGate(replicatesAtOnce);
    gates.set(endpoint.text, gate);
    return throughGate(connection, gate, context.signal);
  });
}

function throughGate(connection: BrokerConnection, gate: Gate, signal: AbortSignal): BrokerConnection {
  const { qmf } = connection;
  return {
    ...connection,
    qmf: {
      ...qmf,
      call(objectName, method, args) {
        if (method !== 'replicate') return qmf.call(objectName, method, args);
        return gate.through(() => {
          stopIfCancelled(signal, connection.name, 'waiting to replicate');
          return qmf.call(objectName, method, args);
        });
      },
    },
  };
}
