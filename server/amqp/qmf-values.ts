import { isUtf8 } from 'node:buffer';
import { type AmqpMap, type AmqpValue, isList, isMap, isTyped, textOf } from './codec/value';
import type { QmfMap, QmfValue } from './contract';

/** See `QmfValue`: binary that is UTF-8 is text, a uuid is its 36 characters. */
export function fromAmqp(value: AmqpValue): QmfValue {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return isUtf8(value) ? (textOf(value) ?? '') : value;
  if (isList(value)) return value.map(fromAmqp);
  if (isMap(value)) return fromAmqpMap(value);
  switch (value.type) {
    case 'ulong':
    case 'long':
    case 'timestamp':
      return exact(value.value);
    case 'described':
      return fromAmqp(value.value);
    default:
      return value.value;
  }
}

export function fromAmqpMap(map: AmqpMap | undefined): QmfMap {
  return Object.fromEntries([...(map ?? [])].map(([key, value]) => [keyOf(key), fromAmqp(value)]));
}

function keyOf(key: AmqpValue): string {
  const text = textOf(key);
  if (text !== undefined) return text;
  return isTyped(key) ? String(key.value) : String(key);
}

function exact(value: bigint): number | bigint {
  const rounded = Number(value);
  return Number.isSafeInteger(rounded) ? rounded : value;
}

const mostUint = 2 ** 32 - 1;
const leastInt = -(2 ** 31);

/** The smallest type of at least 32 bits: the broker takes integers by value, not by type. */
export function toAmqp(value: QmfValue): AmqpValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { type: value < 0n ? 'long' : 'ulong', value };
  if (typeof value === 'number') return fromNumber(value);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(toAmqp);
  return toAmqpMap(value as QmfMap);
}

export function toAmqpMap(map: QmfMap): AmqpMap {
  return new Map(Object.entries(map).map(([key, value]) => [key, toAmqp(value)]));
}

function fromNumber(value: number): AmqpValue {
  if (!Number.isSafeInteger(value)) return { type: 'double', value };
  if (value < leastInt) return { type: 'long', value: BigInt(value) };
  if (value < 0) return { type: 'int', value };
  return value > mostUint ? { type: 'ulong', value: BigInt(value) } : { type: 'uint', value };
}
