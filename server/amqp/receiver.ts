import type { GuardedConnection } from './connection';
import type { MessageReceiver } from './contract';
import { Receiving, type Settlement } from './receiving';
import { settle } from './rhea';

export const defaultIdle = 500;

const settlements: Readonly<Record<'browse' | 'consume', Settlement>> = {
  // A copy has nothing to settle.
  browse: { browse: true, taken: (delivery) => delivery.update(true) },
  consume: { browse: false, taken: (delivery) => settle(delivery, 'accepted') },
};

export async function openReceiver(
  guard: GuardedConnection,
  queue: string,
  mode: 'browse' | 'consume',
): Promise<MessageReceiver> {
  const receiving = new Receiving(guard, queue, settlements[mode]);
  await receiving.open();
  return {
    take: (count, idle = defaultIdle) => receiving.take(count, idle),
    close: () => receiving.close(),
  };
}
