/** Connections that break at a chosen change, and stay broken: what a killed process or a lost network leaves behind. */
import { BrokerError } from '../../server/amqp/broker-error';
import type { BrokerConnection, QmfMap } from '../../server/amqp/contract';

export interface Breaking {
  /** Changes that were asked for so far. */
  readonly changes: () => number;
  readonly broken: () => boolean;
  intercept(connection: BrokerConnection): BrokerConnection;
}

/**
 * Counts from 1 the changes on any broker; at that of number `at` the connections break: `before` it is done, or
 * `after` it, so that its answer is never heard. `meanwhile` happens then, too.
 */
export function breakingAt(
  at: number,
  moment: 'before' | 'after',
  meanwhile: () => Promise<void> = async () => {},
): Breaking {
  let count = 0;
  let broken = false;
  const check = (broker: string) => {
    if (broken) throw lost(broker);
  };
  const known = new WeakMap<BrokerConnection, BrokerConnection>();
  return {
    changes: () => count,
    broken: () => broken,
    intercept(connection) {
      const wrapped = known.get(connection) ?? wrap(connection);
      known.set(connection, wrapped);
      return wrapped;
    },
  };

  function wrap(connection: BrokerConnection): BrokerConnection {
    const { qmf, name } = connection;
    const guarded = <Result>(work: () => Promise<Result>) => {
      check(name);
      return work();
    };
    return {
      name,
      member: connection.member,
      ended: connection.ended,
      openSender: (queue) => guarded(() => connection.openSender(queue)),
      openReceiver: (queue, mode) => guarded(() => connection.openReceiver(queue, mode)),
      openHolder: (queue) => guarded(() => connection.openHolder(queue)),
      openEvents: (listener) => guarded(() => connection.openEvents(listener)),
      close: () => connection.close(),
      qmf: {
        objects: async (className) => guarded(() => qmf.objects(className)),
        object: async (objectName) => guarded(() => qmf.object(objectName)),
        async call(objectName, method, args) {
          check(name);
          if (isProbe(args)) return qmf.call(objectName, method, args);
          count += 1;
          if (count !== at) return qmf.call(objectName, method, args);
          if (moment === 'after') await qmf.call(objectName, method, args).catch(() => ({}));
          broken = true;
          await meanwhile();
          throw lost(name);
        },
      },
    };
  }
}

/** Deleting a binding that is not there is how the engine looks for a replicator. */
function isProbe(args: QmfMap): boolean {
  return args.type === 'binding' && String(args.name).endsWith('/nokey');
}

export function lost(broker: string): BrokerError {
  return new BrokerError({
    kind: 'closed',
    broker,
    step: 'testing',
    text: 'the connection broke',
    advice: 'Mend it.',
  });
}
