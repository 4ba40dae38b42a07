import { isUtf8 } from 'node:buffer';
import type { AmqpMessage } from '../../server/amqp/codec/message';
import { type AmqpValue, isMap, mapOf, symbol, textOf, uuid } from '../../server/amqp/codec/value';

/** AMQP values as the recordings write them: with their type as a prefix. */
export type Notation = null | boolean | string | readonly Notation[] | { readonly [key: string]: Notation };

export function toNotation(value: AmqpValue): Notation {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return `str:${value}`;
  if (value instanceof Uint8Array) {
    return isUtf8(value) ? `bin:${textOf(value)}` : `binhex:${Buffer.from(value).toString('hex')}`;
  }
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([key, entry]) => [textOf(key) ?? '', toNotation(entry)]));
  }
  if (Array.isArray(value)) return value.map(toNotation);
  if (!('type' in value) || value.type === 'described' || value.type === 'decimal') return 'unknown';
  return `${value.type === 'symbol' ? 'sym' : value.type}:${value.value}`;
}

export function fromNotation(notation: Notation): AmqpValue {
  if (notation === null || typeof notation === 'boolean') return notation;
  if (typeof notation !== 'string') {
    if (Array.isArray(notation)) return notation.map(fromNotation);
    return mapOf(
      Object.fromEntries(Object.entries(notation).map(([key, entry]) => [key, fromNotation(entry)])),
    );
  }
  const [, type = '', text = ''] = /^(\w+):(.*)$/s.exec(notation) ?? [];
  switch (type) {
    case 'str':
      return text;
    case 'bin':
      return Buffer.from(text);
    case 'binhex':
      return Buffer.from(text, 'hex');
    case 'sym':
      return symbol(text);
    case 'uuid':
      return uuid(text);
    case 'ubyte':
    case 'uint':
    case 'int':
    case 'double':
      return { type, value: Number(text) };
    case 'ulong':
    case 'long':
    case 'timestamp':
      return { type, value: BigInt(text) };
    default:
      throw new Error(`no such type in requests: ${notation}`);
  }
}

export function messageNotation(message: AmqpMessage): Notation {
  const { header, properties, applicationProperties, body } = message;
  const fields = (entries: Readonly<Record<string, AmqpValue | undefined>>): Notation =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, toNotation(value)]],
      ),
    );
  return {
    header: fields({
      durable: header?.durable,
      priority: header?.priority,
      'first-acquirer': header?.firstAcquirer,
    }),
    properties: fields({
      to: properties?.to,
      subject: properties?.subject,
      'correlation-id': properties?.correlationId,
      'content-type': properties?.contentType,
    }),
    'application-properties': toNotation(applicationProperties ?? null),
    body: body.kind === 'value' ? toNotation(body.value) : body.kind,
  };
}

/** What differs from run to run, made equal. */
export function normalised(text: string): string {
  return text
    .replace(/"correlation-id":"str:\d+"/g, '"correlation-id":"*"')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '*')
    .replace(/"(_create_ts|_update_ts|_timestamp)":"ulong:\d+"/g, '"$1":"ulong:*"')
    .replace(/"(uptime|port)":"(\w+):\d+"/g, '"$1":"$2:*"')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:*');
}

/** JSON with sorted keys. */
export function stable(notation: Notation): string {
  return JSON.stringify(notation, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Only the types of all values, and the names of all fields. */
export function shape(notation: Notation): Notation {
  if (typeof notation === 'string') return notation.replace(/:.*$/s, '');
  if (notation === null || typeof notation === 'boolean') return typeof notation;
  if (Array.isArray(notation)) return notation.map(shape);
  return Object.fromEntries(Object.entries(notation).map(([key, entry]) => [key, shape(entry)]));
}
