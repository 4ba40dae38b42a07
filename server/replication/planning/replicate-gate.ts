/** Holds the calls of `replicate` back, so that an origin broker can keep up with the connections they bring. */
import type { BrokerConnection } from '../../amqp/contract';
import type { EngineContext } from '../contract';
import { stopIfCancelled } from '../patience';
import { createGate, type Gate } from './gate';

/**
 * Each `replicate` opens a connection to the origin, and a broker keeps ten waiting (connection-backlog): those
 * beyond it are tried again a second later. Measured: eight at a time are as fast as any number that fits.
 */
const replicatesAtOnce = 8;

/** The same context, in which no replica broker gets more than eight calls of `replicate` at a time. */
export function withReplicateGate(context: EngineContext): EngineContext {
  const gated = new WeakMap<BrokerConnection, BrokerConnection>();
  const gates = new Map<string, Gate>();
  return {
    signal: context.signal,
    deadline: context.deadline,
    onEvent: (event) => context.onEvent(event),
    async connection(broker) {
      const connection = await context.connection(broker);
      const gate = gates.get(broker.endpoint.text) ?? createGate(replicatesAtOnce);
      gates.set(broker.endpoint.text, gate);
      const known = gated.get(connection) ?? throughGate(connection, gate, context.signal);
      gated.set(connection, known);
      return known;
    },
  };
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
