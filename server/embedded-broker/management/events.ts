import { encodeMessage } from '../../amqp/codec/message';
import { binary, mapOf, symbol, ubyte, ulong, uuid } from '../../amqp/codec/value';
import type { Broker } from '../broker';
import { now } from '../clock';
import { type EventName, type EventValues, eventTypes } from '../event';
import { noCompletion } from '../queues/completion';
import { parseMessage } from '../queues/message';
import { QueueFull } from '../queues/queue';
import { brokerPackage } from './names';

const exchangeName = 'qmf.default.topic';

/** As of syslog. */
const severities = { warn: 4, info: 6 } as const;

/** To all who listen, but not before whatever causes it has been done (management/ManagementAgent.cpp raiseEvent). */
export function publishEvent(broker: Broker, name: EventName, values: EventValues): void {
  const exchange = broker.exchanges.get(exchangeName);
  const time = now();
  setImmediate(() => {
    if (exchange === undefined || exchange.bindings.length === 0) return;
    try {
      exchange.route(parseMessage(encodeEvent(broker, name, values, time)), noCompletion());
    } catch (error) {
      // Whoever does not read events loses them.
      if (!(error instanceof QueueFull)) throw error;
    }
  });
}

function encodeEvent(broker: Broker, name: EventName, values: EventValues, time: bigint): Buffer {
  const { hash, severity, package: packageName = brokerPackage } = eventTypes[name];
  const agent = `apache.org:qpidd:${broker.federationTag}`;
  const words = [packageName, name, severity].map((word) => word.replaceAll('.', '_'));
  words.push(agent.replaceAll('.', '_').replaceAll(':', '.'));
  return encodeMessage({
    header: { durable: false, priority: ubyte(0), firstAcquirer: true },
    properties: {
      to: exchangeName,
      subject: `agent.ind.event.${words.join('.')}`,
      contentType: symbol('amqp/list'),
    },
    applicationProperties: mapOf({
      method: 'indication',
      'qmf.agent': agent,
      'qmf.content': '_event',
      'qmf.opcode': '_data_indication',
    }),
    body: {
      kind: 'value',
      value: [
        mapOf({
          _schema_id: mapOf({
            _class_name: binary(name),
            _hash: uuid(hash),
            _package_name: binary(packageName),
            _type: binary('_event'),
          }),
          _severity: ubyte(severities[severity]),
          _timestamp: ulong(time),
          _values: mapOf(values),
        }),
      ],
    },
  });
}
