/**
 * What a primary tells its backups, on the link that stands for their broker replicator. Real brokers use QMF
 * queries and events for it.
 */
import { Decoder } from '../../amqp/codec/decode';
import { encodeValue } from '../../amqp/codec/encode';
import {
  type AmqpMap,
  type AmqpValue,
  isList,
  isMap,
  mapOf,
  numberOf,
  textOf,
  uint,
} from '../../amqp/codec/value';
import type { StoredQueue } from '../store';
import type { HaStatus, Member } from './membership';

export type News =
  | { readonly kind: 'queue'; readonly options: StoredQueue['options']; readonly messages: boolean }
  | { readonly kind: 'deleted'; readonly queue: string }
  /** All queues of the primary have been named. */
  | { readonly kind: 'listed'; readonly queues: readonly string[] }
  | { readonly kind: 'members'; readonly members: readonly Member[] };

export function encodeNews(news: News): Buffer {
  return encodeValue(mapOf({ kind: news.kind, ...contentOf(news) }));
}

function contentOf(news: News): Readonly<Record<string, AmqpValue>> {
  switch (news.kind) {
    case 'queue': {
      const { alternateExchange, ...options } = news.options;
      return { ...options, alternateExchange: alternateExchange ?? null, messages: news.messages };
    }
    case 'deleted':
      return { queue: news.queue };
    case 'listed':
      return { queues: news.queues };
    case 'members':
      return { members: news.members.map((member) => mapOf({ ...member, port: uint(member.port) })) };
  }
}

/** Undefined where it is none. */
export function decodeNews(payload: Uint8Array): News | undefined {
  const value = new Decoder(payload).value();
  if (!isMap(value)) return undefined;
  const text = (name: string): string => textOf(value.get(name)) ?? '';
  switch (text('kind')) {
    case 'queue':
      return { kind: 'queue', options: toOptions(value), messages: value.get('messages') === true };
    case 'deleted':
      return { kind: 'deleted', queue: text('queue') };
    case 'listed':
      return { kind: 'listed', queues: listOf(value, 'queues').map((name) => textOf(name) ?? '') };
    case 'members':
      return { kind: 'members', members: listOf(value, 'members').filter(isMap).map(toMember) };
    default:
      return undefined;
  }
}

function listOf(map: AmqpMap, name: string): readonly AmqpValue[] {
  const value = map.get(name);
  return isList(value) ? value : [];
}

function toOptions(map: AmqpMap): StoredQueue['options'] {
  const args = map.get('args');
  return {
    name: textOf(map.get('name')) ?? '',
    durable: map.get('durable') === true,
    autoDelete: map.get('autoDelete') === true,
    exclusive: map.get('exclusive') === true,
    args: isMap(args) ? args : mapOf({}),
    // Nobody has logged in here to create it (recorded).
    creator: '@QPID',
    alternateExchange: textOf(map.get('alternateExchange')),
  };
}

function toMember(map: AmqpMap): Member {
  return {
    systemId: textOf(map.get('systemId')) ?? '',
    host: textOf(map.get('host')) ?? '',
    port: numberOf(map.get('port')) ?? 0,
    status: (textOf(map.get('status')) ?? 'joining') as HaStatus,
  };
}
