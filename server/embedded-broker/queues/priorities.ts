import { type AmqpMap, numberOf } from '../../amqp/codec/value';
import type { Message } from './message';

const most = 10;

/** How many priorities a queue tells apart (broker/QueueSettings.cpp, qpid.priorities). */
export function levelsOf(args: AmqpMap): number {
  const wanted = numberOf(args.get('qpid.priorities')) ?? 1;
  return Math.min(most, Math.max(1, wanted));
}

/** Of ten priorities, those in the middle are told apart (broker/PriorityQueue.cpp getPriorityLevel). */
export function levelOf({ header }: Message, levels: number): number {
  if (levels === 1) return 0;
  const priority = numberOf(header.priority) ?? 4;
  const first = 5 - Math.min(5, Math.ceil(levels / 2));
  return Math.min(levels - 1, Math.max(0, priority - first));
}
