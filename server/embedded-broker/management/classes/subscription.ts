import { binary, ulong } from '../../../amqp/codec/value';
import type { Subscription } from '../../replication/subscription';
import { type ManagedObject, managedClass } from '../managed-class';
import { objectName, reference } from '../names';

function toObject(subscription: Subscription): ManagedObject {
  const { name, queue, sessionName, created, args, delivered } = subscription;
  const key = `${objectName('session', sessionName)},${objectName('queue', queue.name)},${name}`;
  return {
    name: objectName('subscription', key),
    created,
    values: () => ({
      acknowledged: true,
      arguments: args,
      browsing: true,
      creditMode: binary('WINDOW'),
      delivered: ulong(delivered),
      exclusive: false,
      name: binary(name),
      queueRef: reference('queue', queue.name),
      sessionRef: reference('session', sessionName),
    }),
  };
}

/** Replicas only: a client of AMQP 1.0 has no subscription (recorded). */
export const subscriptionClass = managedClass({
  name: 'subscription',
  hash: '7dc258da-359f-b9f0-7bb1-03bf4894dce6',
  list: (broker) => [...broker.subscriptions].map(toObject),
});
