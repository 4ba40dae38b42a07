import { type AmqpMap, type AmqpValue, isTyped, textOf } from '../../amqp/codec/value';
import { conversionFault } from '../fault';
import type { EmbeddedBrokerSettings } from '../settings';

/** What a queue may hold, and what happens beyond (broker/QueueSettings.cpp, QueueFlowLimit.cpp). */
export interface Limits {
  /** 0: no limit. */
  readonly maxCount: number;
  readonly maxSize: number;
  readonly policy: 'reject' | 'ring' | 'self-destruct';
  /** Above the first, producers wait; below the second, they go on. 0: never. */
  readonly stop: Mark;
  readonly resume: Mark;
}

interface Mark {
  readonly count: number;
  readonly size: number;
}

/** Throws a `QmfFault` where an argument is no number. */
export function limitsOf(args: AmqpMap, settings: EmbeddedBrokerSettings): Limits {
  const maxCount = integer(args, 'qpid.max_count') ?? 0;
  const maxSize = integer(args, 'qpid.max_size') ?? settings.defaultQueueLimit;
  const named = textOf(args.get('qpid.policy_type'));
  const policy = named === 'ring' || named === 'self-destruct' ? named : 'reject';
  const mark = (word: string, percent: number): Mark => ({
    count: integer(args, `qpid.flow_${word}_count`) ?? share(policy, maxCount, percent),
    size: integer(args, `qpid.flow_${word}_size`) ?? share(policy, maxSize, percent),
  });
  return {
    maxCount,
    maxSize,
    policy,
    stop: mark('stop', settings.defaultFlowStopThreshold),
    resume: mark('resume', settings.defaultFlowResumeThreshold),
  };
}

/** A ring never stops its producers. */
function share(policy: Limits['policy'], limit: number, percent: number): number {
  return policy === 'ring' ? 0 : Math.floor((limit * percent) / 100);
}

function integer(args: AmqpMap, name: string): number | undefined {
  const value = args.get(name);
  if (value === undefined || value === null) return undefined;
  const number = toNumber(value);
  if (number === undefined) throw conversionFault(`Cannot convert ${textOf(value) ?? 'value'}`, 173);
  return number;
}

function toNumber(value: AmqpValue): number | undefined {
  const text = textOf(value);
  if (text !== undefined) return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (!isTyped(value)) return undefined;
  return typeof value.value === 'number' || typeof value.value === 'bigint' ? Number(value.value) : undefined;
}
