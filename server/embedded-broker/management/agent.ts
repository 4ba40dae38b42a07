import { type AmqpMessage, decodeMessage } from '../../amqp/codec/message';
import {
  type AmqpMap,
  type AmqpValue,
  binary,
  isMap,
  mapOf,
  textOf,
  uint,
  ulong,
  ushort,
} from '../../amqp/codec/value';
import type { AmqpFault, IncomingLink } from '../../amqp/peer';
import type { Broker } from '../broker';
import { now } from '../clock';
import type { Connection } from '../connection';
import { denials } from '../denial';
import { faults, QmfFault } from '../fault';
import type { Message } from '../queues/message';
import { Arguments } from './arguments';
import { findClass, splitName } from './classes';
import { query } from './query';
import { type Reply, reply } from './reply';

/** Larger requests are dropped in silence (management/ManagementAgent.cpp, the size of its buffer). */
const largestRequest = 65_536;

export interface Requester {
  readonly broker: Broker;
  readonly connection: Connection;
  readonly link: IncomingLink;
}

/** A message to `qmf.default.direct`. The reply is there before the request is accepted. */
export function handleRequest(requester: Requester, message: Message): void {
  if (message.payload.length > largestRequest) return;
  const request = decodeMessage(message.payload);
  const properties = request.applicationProperties;
  if (message.subject !== 'broker' && message.subject !== '') return;
  if (textOf(properties?.get('x-amqp-0-10.app-id')) !== 'qmf2') return;
  const body = bodyOf(requester, request);
  if (body === undefined || request.properties?.replyTo === undefined) return;
  const answer = (content: Reply): void => {
    requester.connection.messagesOut += 1n;
    reply(requester.broker, request, content);
  };
  switch (textOf(properties?.get('qmf.opcode'))) {
    case '_query_request':
      answerQuery(requester, body, answer);
      break;
    case '_method_request':
      answerMethod(requester, body, answer);
      break;
    case '_agent_locate_request':
      answer(locate(requester.broker));
      break;
    default: // Silence: the broker only logs it.
  }
}

/** What is no map is not just refused: it ends the link, and a list even the connection. */
function bodyOf({ connection, link }: Requester, { body }: AmqpMessage): AmqpMap | undefined {
  const value = body.kind === 'value' ? body.value : null;
  if (isMap(value)) return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return new Map();
    connection.peer.close({ condition: 'amqp:internal-error', description: 'Out of Bounds' });
    return undefined;
  }
  const line = value === null || (textOf(value)?.length ?? 0) < 4 ? 295 : 301;
  const description = `illegal-argument: Not enough data for field table. (src/qpid/framing/FieldTable.cpp:${line})`;
  link.close({ condition: 'amqp:precondition-failed', description });
  return undefined;
}

function answerQuery(
  { broker, connection, link }: Requester,
  body: AmqpMap,
  answer: (content: Reply) => void,
): void {
  const denied = denyQuery(connection, body);
  if (denied !== undefined) {
    link.close(denied);
    return;
  }
  try {
    for (const part of query(broker, body)) answer(part);
  } catch (error) {
    if (!(error instanceof QmfFault)) throw error;
    if (error.code === 7)
      connection.peer.close({ condition: 'amqp:internal-error', description: error.message });
    else answer(exception(error, `apache.org:qpidd:${broker.federationTag}`));
  }
}

/** There is no exception for it: the link ends, and what follows on it is not looked at. */
function denyQuery(connection: Connection, body: AmqpMap): AmqpFault | undefined {
  const [id, schema] = [body.get('_object_id'), body.get('_schema_id')];
  const nameIn = (map: AmqpValue | undefined, key: string): string | undefined =>
    isMap(map) ? textOf(map.get(key)) : undefined;
  const objectName = nameIn(id, '_object_name');
  const className =
    objectName === undefined ? nameIn(schema, '_class_name') : splitName(objectName).className;
  const name = objectName ?? className ?? '';
  const properties = { schemaclass: className ?? '' };
  if (connection.may({ action: 'access', object: 'query', name, properties })) return undefined;
  return objectName === undefined
    ? denials.queryClass(connection.identity, name)
    : denials.queryObject(connection.identity, name);
}

function answerMethod(requester: Requester, body: AmqpMap, answer: (content: Reply) => void): void {
  try {
    const results = call(requester, body);
    answer({
      opcode: '_method_response',
      method: 'response',
      agent: 'broker',
      body: mapOf({ _arguments: results }),
    });
  } catch (error) {
    if (error instanceof QmfFault) answer(exception(error, 'broker'));
    else throw error;
  }
}

function call({ broker, connection }: Requester, body: AmqpMap): AmqpMap {
  if (!body.has('_object_id') || !body.has('_method_name')) throw faults.invalidParameter();
  const id = Arguments.of(body.get('_object_id'));
  const args = Arguments.of(body.get('_arguments'));
  if (!id.has('_object_name')) throw faults.missingName();
  const name = id.string('_object_name');
  const { className, key } = splitName(name);
  const definition = findClass(className);
  const object =
    definition?.find?.(broker, key) ?? definition?.list(broker).find((candidate) => candidate.name === name);
  if (definition === undefined || object?.name !== name) throw faults.unknownObject(name);
  const methodName = new Arguments(body).string('_method_name');
  const method = Object.hasOwn(definition.methods, methodName) ? definition.methods[methodName] : undefined;
  if (method === undefined) throw faults.unknownMethod();
  const properties = { schemapackage: definition.package, schemaclass: definition.name };
  if (!connection.may({ action: 'access', object: 'method', name: methodName, properties })) {
    throw denials.method();
  }
  return mapOf(method({ broker, connection }, args, key));
}

function exception({ code, message }: QmfFault, agent: string): Reply {
  const values: AmqpValue = mapOf({ error_code: uint(code), error_text: binary(message) });
  return { opcode: '_exception', method: 'indication', agent, body: mapOf({ _values: values }) };
}

function locate(broker: Broker): Reply {
  const agent = `apache.org:qpidd:${broker.federationTag}`;
  const values = mapOf({
    _epoch: ushort(broker.epoch),
    _heartbeat_interval: ushort(broker.settings.mgmtPubInterval),
    _instance: binary(broker.federationTag),
    _name: binary(agent),
    _product: binary('qpidd'),
    _timestamp: ulong(now()),
    _vendor: binary('apache.org'),
  });
  return { opcode: '_agent_locate_response', method: 'indication', agent, body: mapOf({ _values: values }) };
}
