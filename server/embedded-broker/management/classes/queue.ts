import { binary, int, mapOf, uint, ulong } from '../../../amqp/codec/value';
import { denials } from '../../denial';
import { faults } from '../../fault';
import { noCompletion } from '../../queues/completion';
import type { Queue } from '../../queues/queue';
import { type ManagedObject, type Method, managedClass, type Values } from '../managed-class';
import { objectName, vhostReference } from '../names';
import { totals } from './broker';

function values(queue: Queue): Values {
  const { options, counters, consumers, name } = queue;
  const { alternateExchange } = options;
  return {
    ...totals(counters, queue.depth),
    ...(alternateExchange === undefined
      ? {}
      : { altExchange: mapOf({ _object_name: binary(objectName('exchange', alternateExchange)) }) }),
    arguments: options.args,
    autoDelete: options.autoDelete,
    bindingCount: uint(1),
    bindingCountHigh: uint(1),
    bindingCountLow: uint(0),
    consumerCount: uint(consumers),
    consumerCountHigh: uint(consumers),
    consumerCountLow: uint(0),
    creator: binary(options.creator),
    durable: options.durable,
    exclusive: options.exclusive,
    flowStopped: counters.flowStopped,
    flowStoppedCount: uint(counters.flowStoppedCount),
    messageLatencyAvg: int(0),
    messageLatencyCount: ulong(0),
    messageLatencyMax: ulong(0),
    messageLatencyMin: int(0),
    name: binary(name),
    redirectPeer: binary(''),
    redirectSource: false,
    unackedMessages: uint(0),
    unackedMessagesHigh: uint(0),
    unackedMessagesLow: uint(0),
    vhostRef: vhostReference(),
  };
}

function toObject(queue: Queue): ManagedObject {
  return { name: objectName('queue', queue.name), created: queue.created, values: () => values(queue) };
}

/** `request`: how many, 0 meaning all. */
const purge: Method = ({ broker, connection }, args, name) => {
  if (!connection.may({ action: 'purge', object: 'queue', name }))
    throw denials.empty(connection.identity, 'purge');
  const queue = broker.queues.get(name);
  queue?.take(args.uint('request'), (entry) => queue.remove(entry, 'purge'));
  return {};
};

/** To an exchange, or to the alternate one of the queue; what that does not want is lost. */
const reroute: Method = ({ broker, connection }, args, name) => {
  if (!connection.may({ action: 'reroute', object: 'queue', name }))
    throw denials.empty(connection.identity, 'reroute');
  const queue = broker.queues.get(name);
  const { alternateExchange } = queue?.options ?? {};
  const useAlternate = args.boolean('useAltExchange');
  if (useAlternate && alternateExchange === undefined) throw faults.noAlternateExchange();
  const exchange = broker.exchanges.get(
    (useAlternate ? alternateExchange : undefined) ?? args.string('exchange'),
  );
  if (exchange === undefined) throw faults.noSuchExchange();
  queue?.take(args.uint('request'), (entry) => {
    queue.remove(entry);
    exchange.route(entry.message, noCompletion());
  });
  return {};
};

export const queueClass = managedClass({
  name: 'queue',
  hash: '3db4e911-1b6b-1523-a48b-6855f4c5627b',
  list: (broker) => [...broker.queues].map(toObject),
  find: (broker, key) => {
    const queue = broker.queues.get(key);
    return queue && toObject(queue);
  },
  methods: { purge, reroute },
});
