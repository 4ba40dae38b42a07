import { binary, uint, ulong } from '../../../amqp/codec/value';
import type { Binding, RoutingExchange } from '../../queues/exchange';
import { type ManagedObject, managedClass } from '../managed-class';
import { brokerPackage, objectName, reference, vhostReference } from '../names';

function toExchange(exchange: RoutingExchange): ManagedObject {
  const { options, bindings } = exchange;
  return {
    name: objectName('exchange', exchange.name),
    builtIn: options.builtIn,
    created: exchange.created,
    values: () => ({
      arguments: options.args,
      autoDelete: false,
      bindingCount: uint(bindings.length),
      bindingCountHigh: uint(bindings.length),
      bindingCountLow: uint(0),
      byteDrops: ulong(0),
      byteReceives: ulong(0),
      byteRoutes: ulong(0),
      durable: options.durable,
      msgDrops: ulong(exchange.received - exchange.routed),
      msgReceives: ulong(exchange.received),
      msgRoutes: ulong(exchange.routed),
      name: binary(exchange.name),
      producerCount: uint(0),
      producerCountHigh: uint(0),
      producerCountLow: uint(0),
      type: binary(exchange.type),
      vhostRef: vhostReference(),
    }),
  };
}

/** Replicators are exchanges too, and never shown. */
export const exchangeClass = managedClass({
  name: 'exchange',
  hash: '171d4ff8-60ac-20af-cbce-e47cacbc3df6',
  list: (broker) => [...broker.exchanges].map(toExchange),
});

function toBinding(
  exchange: RoutingExchange,
  { queue, key, args, created, matched }: Binding,
): ManagedObject {
  const ends = `${brokerPackage}:exchange:${exchange.name},${brokerPackage}:queue:${queue.name}`;
  return {
    name: objectName('binding', `${ends},${key}`),
    created,
    values: () => ({
      arguments: args,
      bindingKey: binary(key),
      exchangeRef: reference('exchange', exchange.name),
      msgMatched: ulong(matched),
      queueRef: reference('queue', queue.name),
    }),
  };
}

export const bindingClass = managedClass({
  name: 'binding',
  hash: 'cf733c51-bf3c-dba7-32ac-a074e12160e7',
  list: (broker) =>
    [...broker.exchanges].flatMap((exchange) =>
      exchange.bindings.map((binding) => toBinding(exchange, binding)),
    ),
});
