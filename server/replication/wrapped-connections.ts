/** Contexts whose connections do something of their own with some requests. */
import type { BrokerConnection } from '../amqp/contract';
import type { BrokerRef, EngineContext } from './contract';

/** The same context, whose connections are wrapped, each once. */
export function withWrappedConnections(
  context: EngineContext,
  wrap: (connection: BrokerConnection, broker: BrokerRef) => BrokerConnection,
): EngineContext {
  const wrapped = new WeakMap<BrokerConnection, BrokerConnection>();
  return {
    signal: context.signal,
    deadline: context.deadline,
    onEvent: (event) => context.onEvent(event),
    async connection(broker) {
      const connection = await context.connection(broker);
      const known = wrapped.get(connection) ?? wrap(connection, broker);
      wrapped.set(connection, known);
      return known;
    },
  };
}
