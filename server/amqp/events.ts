import { decodeMessage } from './codec/message';
import { type AmqpValue, isList, isMap, isTyped, numberOf, textOf } from './codec/value';
import type { GuardedConnection } from './connection';
import type { BrokerEvent, EventStream } from './contract';
import { type Failure, toError } from './errors';
import { attachReceiver, detach } from './link';
import { fromAmqpMap } from './qmf-values';
import { type RheaContext, settle, topicFilter } from './rhea';

const exchange = 'qmf.default.topic';
const pattern = 'agent.ind.event.#';

/** Events come pre-settled; what is not given credit for is lost at the broker. */
const credit = 1_000;

/** See `BrokerConnection.openEvents`. */
export async function openEvents(
  guard: GuardedConnection,
  listener: (event: BrokerEvent) => void,
): Promise<EventStream> {
  const step = 'following the events';
  let finish: (reason: Failure | undefined) => void = () => {};
  const over = new Promise<Failure | undefined>((resolve) => {
    finish = resolve;
  });
  const source = { address: exchange, filter: topicFilter(pattern) };
  const receiver = await attachReceiver(guard, source, step, (reason) => finish(reason));
  guard.onEnd(finish);
  receiver.on('message', ({ delivery, message }: RheaContext) => {
    if (delivery !== undefined && !delivery.remote_settled) settle(delivery, 'accepted');
    else delivery?.update(true);
    if (receiver.credit <= credit / 2) receiver.add_credit(credit - receiver.credit);
    if (message !== undefined) for (const event of read(message)) listener(event);
  });
  receiver.add_credit(credit);
  return {
    ended: over.then((reason) => reason && toError(guard.broker, step, reason)),
    close: async () => {
      finish(undefined);
      await detach(guard, receiver);
    },
  };
}

/** What is no event is not worth an end of the stream. */
function read(message: Uint8Array): readonly BrokerEvent[] {
  try {
    const { body } = decodeMessage(message);
    const content = body.kind === 'value' ? body.value : null;
    return (isList(content) ? content : []).flatMap(toEvent);
  } catch {
    return [];
  }
}

function toEvent(value: AmqpValue): readonly BrokerEvent[] {
  if (!isMap(value)) return [];
  const schema = value.get('_schema_id');
  const name = isMap(schema) ? textOf(schema.get('_class_name')) : undefined;
  const values = value.get('_values');
  const time = value.get('_timestamp');
  if (!isMap(schema) || name === undefined || !isMap(values)) return [];
  return [
    {
      name,
      package: textOf(schema.get('_package_name')) ?? '',
      severity: numberOf(value.get('_severity')) ?? 6,
      time: isTyped(time) && typeof time.value === 'bigint' ? time.value : 0n,
      values: fromAmqpMap(values),
    },
  ];
}
