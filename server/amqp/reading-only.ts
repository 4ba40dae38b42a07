import type { BrokerConnection, MessageSender } from './contract';
import { failure, toError } from './errors';

const refusal = failure(
  'forbidden',
  'this connection is let in at backups too, and must not touch their messages',
  'Use a connection to the primary of the cluster.',
);

/**
 * A backup takes messages from an administrator as it would from its primary, and is then no copy any longer. A
 * sender can still be opened, to see whether there is such a node.
 */
export function readingOnly(connection: BrokerConnection): BrokerConnection {
  const refuse = async (step: string): Promise<never> => {
    throw toError(connection.name, step, refusal);
  };
  return {
    ...connection,
    openSender: async (queue): Promise<MessageSender> => {
      const sender = await connection.openSender(queue);
      return { send: () => refuse(`sending to queue "${queue}"`), close: () => sender.close() };
    },
    openReceiver: (queue, mode) =>
      mode === 'browse' ? connection.openReceiver(queue, mode) : refuse(`opening queue "${queue}"`),
    openHolder: (queue) => refuse(`opening queue "${queue}"`),
  };
}
