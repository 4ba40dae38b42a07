import { type AmqpMap, type AmqpValue, textOf } from '../../amqp/codec/value';
import { now } from '../clock';
import type { Completion } from './completion';
import type { Message } from './message';
import type { Queue } from './queue';

export interface Binding {
  readonly queue: Queue;
  readonly key: string;
  readonly args: AmqpMap;
  readonly created: bigint;
  matched: bigint;
}

/** Where messages can be sent to, other than a queue. */
export interface Exchange {
  readonly name: string;
  readonly type: string;
  /** Not shown by QMF: replicators are such. */
  readonly hidden: boolean;
  /** Throws `QueueFull`. */
  route(message: Message, completion: Completion): void;
  readonly bindings: readonly Binding[];
  bind(queue: Queue, key: string, args: AmqpMap): void;
  unbind(queue: Queue, key?: string): void;
}

export interface ExchangeOptions {
  readonly name: string;
  readonly type: string;
  readonly durable: boolean;
  readonly args: AmqpMap;
  /** There from the start, and not to be deleted. */
  readonly builtIn: boolean;
}

type Match = (binding: Binding, message: Message) => boolean;

const matches: Readonly<Record<string, Match>> = {
  direct: ({ key }, { subject }) => key === subject,
  fanout: () => true,
  topic: ({ key }, { subject }) => topicMatches(key.split('.'), subject.split('.')),
  headers: ({ args }, { applicationProperties }) => headersMatch(args, applicationProperties),
};

export const exchangeTypes: readonly string[] = Object.keys(matches);

export class RoutingExchange implements Exchange {
  readonly hidden = false;
  readonly created = now();
  readonly bindings: Binding[] = [];
  received = 0n;
  routed = 0n;

  constructor(readonly options: ExchangeOptions) {}

  get name(): string {
    return this.options.name;
  }

  get type(): string {
    return this.options.type;
  }

  route(message: Message, completion: Completion): void {
    this.received += 1n;
    const match = matches[this.type];
    const queues = new Set<Queue>();
    for (const binding of this.bindings) {
      if (!match?.(binding, message)) continue;
      binding.matched += 1n;
      queues.add(binding.queue);
    }
    if (queues.size > 0) this.routed += 1n;
    for (const queue of queues) queue.enqueue(message, completion);
  }

  bind(queue: Queue, key: string, args: AmqpMap): void {
    if (this.bindings.some((binding) => binding.queue === queue && binding.key === key)) return;
    this.bindings.push({ queue, key, args, created: now(), matched: 0n });
  }

  unbind(queue: Queue, key?: string): void {
    for (let index = this.bindings.length - 1; index >= 0; index -= 1) {
      const binding = this.bindings[index];
      if (binding?.queue === queue && (key === undefined || binding.key === key))
        this.bindings.splice(index, 1);
    }
  }
}

/** `*` is one word, `#` any number of them. */
function topicMatches([first, ...pattern]: readonly string[], words: readonly string[]): boolean {
  if (first === undefined) return words.length === 0;
  if (first === '#')
    return words.some((_, skip) => topicMatches(pattern, words.slice(skip))) || pattern.length === 0;
  return words.length > 0 && (first === '*' || first === words[0]) && topicMatches(pattern, words.slice(1));
}

function headersMatch(args: AmqpMap, properties: AmqpMap | undefined): boolean {
  const wanted = [...args].filter(([key]) => key !== 'x-match');
  const has = ([key, value]: readonly [AmqpValue, AmqpValue]): boolean =>
    properties?.get(key) !== undefined && (value === null || sameValue(value, properties.get(key)));
  return textOf(args.get('x-match')) === 'any' ? wanted.some(has) : wanted.every(has);
}

function sameValue(wanted: AmqpValue, found: AmqpValue | undefined): boolean {
  const text = textOf(wanted);
  return text === undefined ? JSON.stringify(wanted) === JSON.stringify(found) : text === textOf(found);
}
