import { type AmqpMessage, encodeMessage } from '../../amqp/codec/message';
import { type AmqpValue, isTyped, mapOf, symbol, textOf, ubyte } from '../../amqp/codec/value';
import type { Broker } from '../broker';
import { noCompletion } from '../queues/completion';
import { parseMessage } from '../queues/message';
import { QueueFull } from '../queues/queue';

export interface Reply {
  readonly opcode: string;
  readonly method: 'response' | 'indication';
  readonly agent: string;
  readonly body: AmqpValue;
  /** `_data`: the reply to a query. */
  readonly content?: '_data';
  /** More parts follow. */
  readonly partial?: boolean;
}

/** Puts a reply on the queue that the request names, if there is one. */
export function reply(broker: Broker, request: AmqpMessage, content: Reply): void {
  const payload = encodeMessage({
    header: { durable: false, priority: ubyte(0), firstAcquirer: true },
    properties: {
      ...correlation(request.properties?.correlationId),
      contentType: symbol(Array.isArray(content.body) ? 'amqp/list' : 'amqp/map'),
    },
    applicationProperties: mapOf({
      method: content.method,
      ...(content.partial ? { partial: '' } : {}),
      'qmf.agent': content.agent,
      ...(content.content === undefined ? {} : { 'qmf.content': content.content }),
      'qmf.opcode': content.opcode,
    }),
    body: { kind: 'value', value: content.body },
  });
  deliver(broker, textOf(request.properties?.replyTo) ?? '', payload);
}

/** Integers become text (as every other AMQP 0-10 correlation id would). */
function correlation(id: AmqpValue | undefined): { readonly correlationId?: AmqpValue } {
  if (id === undefined) return {};
  return { correlationId: textOf(id) ?? (isTyped(id) ? String(id.value) : '') };
}

/** `exchange/key`, or the name of a queue or else of an exchange. */
function deliver(broker: Broker, to: string, payload: Buffer): void {
  const message = parseMessage(payload);
  const slash = to.indexOf('/');
  const exchange = broker.exchanges.get(slash < 0 ? to : to.slice(0, slash));
  const queue = slash < 0 ? broker.queues.get(to) : undefined;
  try {
    if (queue !== undefined) queue.enqueue(message, noCompletion());
    else exchange?.route({ ...message, subject: slash < 0 ? '' : to.slice(slash + 1) }, noCompletion());
  } catch (error) {
    // Whoever does not read its replies loses them.
    if (!(error instanceof QueueFull)) throw error;
  }
}
