import { binary, mapOf, uint } from '../../amqp/codec/value';
import { denials } from '../denial';
import { by } from '../event';
import { faults } from '../fault';
import { noCompletion } from '../queues/completion';
import { exchangeTypes, RoutingExchange } from '../queues/exchange';
import { Link } from '../replication/link';
import type { Arguments } from './arguments';
import type { Method, MethodContext } from './managed-class';

/** What `create` and `delete` take (broker/Broker.cpp createObject, deleteObject). */
type ObjectMethod = (context: MethodContext, name: string, args: Arguments) => void;

const queueProperties = new Set([
  'durable',
  'auto-delete',
  'exclusive',
  'alternate-exchange',
  'lifetime-policy',
]);

const createQueue: ObjectMethod = ({ broker, connection }, name, properties) => {
  const alternateExchange = properties.string('alternate-exchange');
  broker.queues.create({
    name,
    durable: properties.boolean('durable'),
    autoDelete: properties.boolean('auto-delete'),
    exclusive: properties.boolean('exclusive'),
    args: properties.without(queueProperties),
    creator: connection,
    ...(alternateExchange === '' ? {} : { alternateExchange }),
  });
};

const exchangeProperties = new Set(['durable', 'exchange-type', 'auto-delete', 'alternate-exchange']);

const createExchange: ObjectMethod = ({ broker, connection }, name, properties) => {
  const type = properties.string('exchange-type') || 'topic';
  if (!exchangeTypes.includes(type)) throw faults.unknownExchangeType(type);
  const durable = properties.boolean('durable');
  const args = properties.without(exchangeProperties);
  const options = { name, type, durable, args, builtIn: false };
  if (!broker.exchanges.add(new RoutingExchange(options))) throw faults.exists(name);
  broker.store?.keepExchange(options);
  broker.raise('exchangeDeclare', {
    altEx: binary(properties.string('alternate-exchange')),
    args,
    autoDel: false,
    disp: binary('created'),
    durable,
    exName: binary(name),
    exType: binary(type),
    ...by(connection),
  });
};

/** `exchange/queue/key`; the key may hold slashes. */
function splitBinding(name: string): { exchange: string; queue: string; key: string } {
  const [exchange = '', queue = '', ...key] = name.split('/');
  return { exchange, queue, key: key.join('/') };
}

const createBinding: ObjectMethod = ({ broker, connection }, name, properties) => {
  const { exchange: exchangeName, queue: queueName, key } = splitBinding(name);
  const exchange = broker.exchanges.get(exchangeName);
  const queue = broker.queues.get(queueName);
  if (exchange === undefined) throw faults.noExchange(exchangeName);
  if (queue === undefined) throw faults.noQueue(queueName);
  exchange.bind(queue, key, properties.map);
  broker.store?.keepBinding({ exchange: exchangeName, queue: queueName, key, args: properties.map });
  broker.raise('bind', {
    args: properties.map,
    exName: binary(exchangeName),
    key: binary(key),
    qName: binary(queueName),
    ...by(connection),
  });
};

/** Only by name does a replicator show that it is there: this succeeds on it and does nothing. */
const deleteBinding: ObjectMethod = ({ broker, connection }, name) => {
  const { exchange: exchangeName, queue: queueName, key } = splitBinding(name);
  const exchange = broker.exchanges.get(exchangeName);
  const queue = broker.queues.get(queueName);
  if (queue === undefined) throw faults.noQueue(queueName);
  if (exchange === undefined) throw faults.noExchange(exchangeName);
  exchange.unbind(queue, key);
  broker.store?.dropBinding({ exchange: exchangeName, queue: queueName, key });
  broker.raise('unbind', {
    exName: binary(exchangeName),
    key: binary(key),
    qName: binary(queueName),
    ...by(connection),
  });
};

const reservedPrefix = 'qpid.';

const createLink: ObjectMethod = ({ broker }, name, properties) => {
  if (name.startsWith(reservedPrefix)) throw faults.reservedName(name);
  const tls = properties.string('transport') === 'ssl';
  const member = { host: properties.string('host'), port: properties.uint('port'), tls };
  const durable = properties.boolean('durable');
  if (broker.links.links.some((link) => link.name === name)) throw faults.exists(name);
  broker.links.addLink(new Link(broker, { name, members: [member], durable }));
};

/** Only replicators make bridges here: no other route is worth an imitation. */
const createBridge: ObjectMethod = (_context, name) => {
  throw name.startsWith(reservedPrefix) ? faults.reservedName(name) : faults.notImplemented();
};

const creators: Readonly<Record<string, ObjectMethod>> = {
  queue: createQueue,
  exchange: createExchange,
  binding: createBinding,
  link: createLink,
  bridge: createBridge,
};

const deleters: Readonly<Record<string, ObjectMethod>> = {
  queue: ({ broker, connection }, name, options) => {
    const conditions = { ifEmpty: options.boolean('if_empty'), ifUnused: options.boolean('if_unused') };
    broker.queues.delete(name, conditions, connection);
  },
  exchange: ({ broker, connection }, name) => {
    broker.exchanges.delete(name);
    broker.store?.dropExchange(name);
    broker.raise('exchangeDelete', { exName: binary(name), ...by(connection) });
  },
  binding: deleteBinding,
  // Without a word when there is none.
  link: ({ broker }, name) => broker.links.closeLink(name),
  bridge: ({ broker }, name) => broker.links.bridgeNamed(name)?.close(),
};

function choose(methods: Readonly<Record<string, ObjectMethod>>, args: Arguments): ObjectMethod {
  const type = args.string('type');
  const method = Object.hasOwn(methods, type) ? methods[type] : undefined;
  if (method === undefined) throw faults.unknownType(type);
  return method;
}

/** On what exists: what does not is not found first. */
function checkChange(
  { broker, connection }: MethodContext,
  action: 'create' | 'delete',
  args: Arguments,
): void {
  const object = args.string('type');
  const name = args.string('name');
  if (object !== 'queue' && object !== 'exchange') return;
  const registry = object === 'queue' ? broker.queues : broker.exchanges;
  if (action === 'delete' && registry.get(name) === undefined) return;
  if (!connection.may({ action, object, name })) throw denials.change(connection.identity, object, action);
}

const create: Method = (context, args) => {
  args.boolean('strict');
  const method = choose(creators, args);
  checkChange(context, 'create', args);
  // Without a name it makes something that cannot be named (recorded).
  if (args.string('type') === 'queue' && !args.has('name')) return {};
  method(context, args.string('name'), args.nested('properties'));
  return {};
};

const remove: Method = (context, args) => {
  const method = choose(deleters, args);
  checkChange(context, 'delete', args);
  method(context, args.string('name'), args.nested('options'));
  return {};
};

const query: Method = ({ broker }, args) => {
  const type = args.string('type');
  if (['exchange', 'topic', 'binding'].includes(type)) throw faults.notImplemented();
  if (type !== 'queue') throw faults.unknownType(type);
  if (broker.queues.get(args.string('name')) === undefined) throw faults.nothingToQuery();
  return { results: mapOf({}) };
};

const echo: Method = (_context, args) => ({
  body: binary(args.string('body')),
  sequence: uint(args.uint('sequence')),
});

const queueMoveMessages: Method = ({ broker, connection }, args) => {
  const source = broker.queues.get(args.string('srcQueue'));
  const destination = broker.queues.get(args.string('destQueue'));
  if (source === undefined || destination === undefined) throw faults.invalidParameter();
  if (!connection.may({ action: 'move', object: 'queue', name: args.string('srcQueue') }))
    throw denials.empty(connection.identity, 'move');
  source.take(args.uint('qty'), (entry) => {
    source.remove(entry);
    destination.enqueue(entry.message, noCompletion());
  });
  return {};
};

export const brokerMethods: Readonly<Record<string, Method>> = {
  create,
  delete: remove,
  query,
  echo,
  queueMoveMessages,
  getLogLevel: () => ({ level: binary('notice+') }),
};
