import { binary, mapOf, uint, ulong, ushort } from '../../../amqp/codec/value';
import type { Broker } from '../../broker';
import { now } from '../../clock';
import { QueueCounters } from '../../queues/queue-counters';
import { brokerMethods } from '../broker-methods';
import { type ManagedObject, managedClass, type Values } from '../managed-class';
import { brokerName, objectName } from '../names';

/** Statistics that the broker knows and this one does not keep. */
export const unkeptTotals = [
  'byteFtdDepth',
  'byteFtdDequeues',
  'byteFtdEnqueues',
  'bytePersistDequeues',
  'bytePersistEnqueues',
  'byteTxnDequeues',
  'byteTxnEnqueues',
  'discardsSubscriber',
  'msgFtdDepth',
  'msgFtdDequeues',
  'msgFtdEnqueues',
  'msgPersistDequeues',
  'msgPersistEnqueues',
  'msgTxnDequeues',
  'msgTxnEnqueues',
  'reroutes',
] as const;

export function totals(counters: QueueCounters, depth: number): Values {
  return {
    ...Object.fromEntries(unkeptTotals.map((name) => [name, ulong(0)])),
    acquires: ulong(counters.acquires),
    byteDepth: ulong(counters.byteDepth),
    byteTotalDequeues: ulong(counters.byteTotalDequeues),
    byteTotalEnqueues: ulong(counters.byteTotalEnqueues),
    discardsLvq: ulong(counters.discardsLvq),
    discardsOverflow: ulong(counters.discardsOverflow),
    discardsPurge: ulong(counters.discardsPurge),
    discardsRing: ulong(counters.discardsRing),
    discardsTtl: ulong(counters.discardsTtl),
    msgDepth: ulong(depth),
    msgTotalDequeues: ulong(counters.msgTotalDequeues),
    msgTotalEnqueues: ulong(counters.msgTotalEnqueues),
    releases: ulong(counters.releases),
  };
}

function values(broker: Broker): Values {
  const { settings } = broker;
  return {
    ...totals(
      sum(broker),
      [...broker.queues].reduce((depth, queue) => depth + queue.depth, 0),
    ),
    abandoned: ulong(0),
    abandonedViaAlt: ulong(0),
    connBacklog: ushort(settings.connectionBacklog),
    discardsNoRoute: ulong(0),
    maxConns: ushort(settings.maxConnections),
    mgmtPubInterval: ushort(settings.mgmtPubInterval),
    mgmtPublish: true,
    name: binary('amqp-broker'),
    port: ushort(broker.port),
    queueCount: ulong(broker.queues.size),
    stagingThreshold: uint(0),
    systemRef: mapOf({ _object_name: binary(objectName('system', broker.systemId)) }),
    uptime: ulong(now() - broker.created),
    version: binary('1.40.0'),
    workerThreads: ushort(3),
  };
}

function sum(broker: Broker): QueueCounters {
  const total = new QueueCounters();
  for (const { counters } of broker.queues) total.add(counters);
  return total;
}

function list(broker: Broker): readonly ManagedObject[] {
  return [{ name: brokerName, builtIn: true, created: broker.created, values: () => values(broker) }];
}

export const brokerClass = managedClass({
  name: 'broker',
  hash: '1c316b1d-36b4-3b31-0fb1-31bddf40a109',
  list,
  methods: brokerMethods,
});
