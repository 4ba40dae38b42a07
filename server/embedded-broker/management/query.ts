import { type AmqpMap, type AmqpValue, binary, isMap, isTyped, mapOf, textOf } from '../../amqp/codec/value';
import type { Broker } from '../broker';
import { faults, QmfFault } from '../fault';
import { Arguments } from './arguments';
import { findClass, splitName } from './classes';
import { encodeObject, idOf } from './managed-class';
import type { Reply } from './reply';

/** Objects in one part of a reply. */
const partSize = 100;

/** The replies to a query. Throws `QmfFault`; one with code 7 costs the asker its connection. */
export function query(broker: Broker, body: AmqpMap): readonly Reply[] {
  const what = body.get('_what') ?? null;
  if (what === null) throw new QmfFault(1, '_what element missing in Query');
  if (textOf(what) === undefined) throw new QmfFault(1, '_what element is not a string');
  if (textOf(what) !== 'OBJECT') throw new QmfFault(1, `Query for _what => '${textOf(what)}' not supported`);
  const id = body.get('_object_id');
  if (isMap(id)) return [part(byId(broker, id))];
  const schema = body.get('_schema_id');
  const objects = isMap(schema) ? byClass(broker, new Arguments(schema)) : [];
  const parts: Reply[] = [];
  do {
    parts.push(part(objects.slice(parts.length * partSize, (parts.length + 1) * partSize)));
  } while (parts.length * partSize < objects.length);
  return parts.map((reply, index) => (index + 1 < parts.length ? { ...reply, partial: true } : reply));
}

function part(objects: readonly AmqpValue[]): Reply {
  return { opcode: '_query_response', method: 'response', agent: 'broker', content: '_data', body: objects };
}

function byClass(broker: Broker, schema: Arguments): readonly AmqpValue[] {
  const definition = findClass(schema.string('_class_name'));
  if (definition === undefined) return [];
  if (schema.has('_package_name') && schema.string('_package_name') !== definition.package) return [];
  return definition.list(broker).map((object) => encodeObject(definition, object, idOf(object)));
}

/** The id in the reply is the one in the request, whatever else that may hold. */
function byId(broker: Broker, id: AmqpMap): AmqpValue[] {
  const args = new Arguments(id);
  if (!args.has('_object_name')) throw faults.missingName();
  const name = textOf(id.get('_object_name')) ?? '';
  const { className, key } = splitName(name);
  const definition = findClass(className);
  const object =
    definition?.find?.(broker, key) ?? definition?.list(broker).find((candidate) => candidate.name === name);
  if (definition === undefined || object?.name !== name) return [];
  return [encodeObject(definition, object, echo(id))];
}

function echo(id: AmqpMap): AmqpValue {
  const fields: Record<string, AmqpValue> = {};
  for (const name of ['_agent_epoch', '_agent_name', '_object_name']) {
    const value = id.get(name);
    if (value === undefined) continue;
    const text = textOf(value);
    fields[name] = text === undefined ? toUlong(value) : binary(text);
  }
  return mapOf(fields);
}

function toUlong(value: AmqpValue): AmqpValue {
  if (!isTyped(value) || (typeof value.value !== 'number' && typeof value.value !== 'bigint')) return value;
  return { type: 'ulong', value: BigInt(Math.trunc(Number(value.value))) };
}
