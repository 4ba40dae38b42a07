import { binary, mapOf, uint, ulong } from '../../../amqp/codec/value';
import type { Queue } from '../../queues/queue';
import { type ManagedObject, managedClass, type Values } from '../managed-class';
import { objectName } from '../names';

const storePackage = 'org.apache.qpid.linearstore';

/** What is not known of a store that writes at once is zero, as on a qpidd that has nothing to write. */
function values({ name, counters, depth }: Queue): Values {
  return {
    dequeues: ulong(counters.msgTotalDequeues),
    directory: binary(''),
    enqueues: ulong(counters.msgTotalEnqueues),
    outstandingAIOs: uint(0),
    outstandingAIOsHigh: uint(0),
    outstandingAIOsLow: uint(0),
    queueName: binary(name),
    queueRef: mapOf({ _object_name: binary(objectName('queue', name)) }),
    recordDepth: uint(depth),
    recordDepthHigh: uint(depth),
    recordDepthLow: uint(0),
    txn: uint(0),
    txnAborts: ulong(0),
    txnCommits: ulong(0),
    txnDequeues: ulong(0),
    txnEnqueues: ulong(0),
    writePageSize: uint(0),
    writePages: uint(0),
  };
}

function toObject(queue: Queue): ManagedObject {
  return {
    name: `${storePackage}:journal:${queue.name}`,
    builtIn: true,
    created: queue.created,
    values: () => values(queue),
  };
}

/** One for each durable queue of a broker with a store. */
export const journalClass = managedClass({
  name: 'journal',
  package: storePackage,
  hash: '13e1561f-6d56-09f2-5d6b-ac76fbc70ad1',
  list: ({ store, queues }) =>
    store === undefined ? [] : [...queues].filter(({ options }) => options.durable).map(toObject),
});
