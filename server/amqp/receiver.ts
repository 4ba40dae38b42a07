import type { GuardedConnection } from './connection';
import type { MessageReceiver } from './contract';
import { toIncoming } from './incoming-message';
import { Receiving } from './receiving';
import { type RheaDelivery, settle } from './rhea';

export const defaultIdle = 500;

export async function openReceiver(
  guard: GuardedConnection,
  queue: string,
  mode: 'browse' | 'consume',
): Promise<MessageReceiver> {
  const receiving = new Receiving(guard, queue, mode === 'browse');
  await receiving.open();
  // A copy has nothing to settle.
  const settleTaken = (delivery: RheaDelivery): void =>
    mode === 'browse' ? delivery.update(true) : settle(delivery, 'accepted');
  const read: MessageReceiver['read'] = (count, toResult, idle = defaultIdle) =>
    receiving.take(count, idle, (delivery, encoded) => {
      const result = toResult(encoded);
      settleTaken(delivery);
      return result;
    });
  return {
    take: (count, idle) => read(count, toIncoming, idle),
    read,
    close: () => receiving.close(),
  };
}
