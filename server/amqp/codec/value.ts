/**
 * AMQP 1.0 values with their types. QMF needs them exact: a broker's strings are binary, its time stamps are
 * 64 bit, and a uuid is neither, while JavaScript has one number and one string.
 *
 * Plain JavaScript stands for what it can tell apart: null, boolean, string, binary, list and map.
 */
export type AmqpValue =
  | null
  | boolean
  | string
  | Uint8Array
  | readonly AmqpValue[]
  | AmqpMap
  | TypedNumber
  | TypedLong
  | TypedText
  | Decimal
  | Described;

export type AmqpMap = ReadonlyMap<AmqpValue, AmqpValue>;

export interface TypedNumber {
  readonly type: 'ubyte' | 'ushort' | 'uint' | 'byte' | 'short' | 'int' | 'float' | 'double' | 'char';
  readonly value: number;
}

export interface TypedLong {
  /** A `timestamp` is in milliseconds since the epoch. */
  readonly type: 'ulong' | 'long' | 'timestamp';
  readonly value: bigint;
}

export interface TypedText {
  /** A `uuid` is 36 characters in lower case. */
  readonly type: 'symbol' | 'uuid';
  readonly value: string;
}

/** A decimal floating-point number, as it came: 4, 8 or 16 bytes. */
export interface Decimal {
  readonly type: 'decimal';
  readonly value: Uint8Array;
}

export interface Described {
  readonly type: 'described';
  readonly descriptor: AmqpValue;
  readonly value: AmqpValue;
}

export const ubyte = (value: number): TypedNumber => ({ type: 'ubyte', value });
export const ushort = (value: number): TypedNumber => ({ type: 'ushort', value });
export const uint = (value: number): TypedNumber => ({ type: 'uint', value });
export const int = (value: number): TypedNumber => ({ type: 'int', value });
export const double = (value: number): TypedNumber => ({ type: 'double', value });
export const ulong = (value: bigint | number): TypedLong => ({ type: 'ulong', value: BigInt(value) });
export const long = (value: bigint | number): TypedLong => ({ type: 'long', value: BigInt(value) });
export const symbol = (value: string): TypedText => ({ type: 'symbol', value });
export const uuid = (value: string): TypedText => ({ type: 'uuid', value });
export const binary = (text: string): Uint8Array => Buffer.from(text);

export function mapOf(entries: Readonly<Record<string, AmqpValue>>): AmqpMap {
  return new Map(Object.entries(entries));
}

export function isList(value: AmqpValue | undefined): value is readonly AmqpValue[] {
  return Array.isArray(value);
}

export function isMap(value: AmqpValue | undefined): value is AmqpMap {
  return value instanceof Map;
}

/** Strings, symbols and binary that is UTF-8, as text: peers use one where the other is meant. */
export function textOf(value: AmqpValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString();
  if (isTyped(value) && value.type === 'symbol') return value.value;
  return undefined;
}

/** Any number, or undefined for everything else. Beyond 2^53 it is rounded. */
export function numberOf(value: AmqpValue | undefined): number | undefined {
  if (!isTyped(value)) return undefined;
  if (typeof value.value === 'bigint' || typeof value.value === 'number') return Number(value.value);
  return undefined;
}

type Typed = TypedNumber | TypedLong | TypedText | Decimal | Described;

export function isTyped(value: AmqpValue | undefined): value is Typed {
  return typeof value === 'object' && value !== null && 'type' in value;
}
