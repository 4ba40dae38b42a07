import { isUtf8 } from 'node:buffer';
import type { AmqpValue, Described, TypedText } from './value';

/** The bytes are no AMQP 1.0 value. */
export class MalformedError extends Error {}

/** How deep values may nest: a few bytes a level would otherwise exhaust the stack. */
const deepest = 64;
/** How many elements of no width an array may claim, since its size does not limit them. */
const mostEmptyElements = 65_536;

/** Reads AMQP 1.0 values one after the other. An array is read as a list. */
export class Decoder {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get atEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  slice(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  value(depth = 0): AmqpValue {
    if (depth > deepest) throw new MalformedError('nested too deeply');
    const code = this.#take(1).readUInt8();
    if (code === 0x00) return this.#described(depth);
    return this.#content(code, depth);
  }

  #described(depth: number): Described {
    const descriptor = this.value(depth + 1);
    return { type: 'described', descriptor, value: this.value(depth + 1) };
  }

  #content(code: number, depth: number): AmqpValue {
    switch (code >>> 4) {
      case 0x4:
        return this.#empty(code);
      case 0x5:
      case 0x6:
      case 0x7:
      case 0x8:
      case 0x9:
        return this.#fixed(code);
      case 0xa:
        return this.#variable(code, this.#take(1).readUInt8());
      case 0xb:
        return this.#variable(code, this.#take(4).readUInt32BE());
      case 0xc:
      case 0xd:
        return this.#compound(code, depth);
      case 0xe:
      case 0xf:
        return this.#array(code, depth);
      default:
        return unknown(code);
    }
  }

  #empty(code: number): AmqpValue {
    switch (code) {
      case 0x40:
        return null;
      case 0x41:
        return true;
      case 0x42:
        return false;
      case 0x43:
        return { type: 'uint', value: 0 };
      case 0x44:
        return { type: 'ulong', value: 0n };
      case 0x45:
        return [];
      default:
        return unknown(code);
    }
  }

  #fixed(code: number): AmqpValue {
    const read = fixed.get(code) ?? unknown(code);
    return read(this.#take(1 << ((code >>> 4) - 5)));
  }

  #variable(code: number, length: number): AmqpValue {
    const bytes = this.#take(length);
    switch (code & 0xf) {
      case 0x0:
        return bytes;
      case 0x1:
        if (!isUtf8(bytes)) throw new MalformedError('a string is not UTF-8');
        return bytes.toString('utf8');
      case 0x3:
        return { type: 'symbol', value: bytes.toString('latin1') };
      default:
        return unknown(code);
    }
  }

  #compound(code: number, depth: number): AmqpValue {
    const { count, end } = this.#sizeAndCount(code);
    // Every element takes a byte at least.
    if (count > end - this.at) throw new MalformedError('a list claims more elements than it has bytes');
    const kind = code & 0xf;
    if (kind > 1) return unknown(code);
    const elements: AmqpValue[] = [];
    for (let index = 0; index < count; index += 1) elements.push(this.value(depth + 1));
    if (this.at !== end) throw new MalformedError('a list is not as long as it says');
    return kind === 0 ? elements : toMap(elements);
  }

  #array(code: number, depth: number): AmqpValue {
    const { count, end } = this.#sizeAndCount(code);
    let element = this.#take(1).readUInt8();
    const descriptors: AmqpValue[] = [];
    while (element === 0x00) {
      descriptors.unshift(this.value(depth + 1));
      element = this.#take(1).readUInt8();
    }
    const most = element >>> 4 === 0x4 ? mostEmptyElements : end - this.at;
    if (count > most) throw new MalformedError('an array claims more elements than it has bytes');
    const elements: AmqpValue[] = [];
    for (let index = 0; index < count; index += 1) {
      let value = this.#content(element, depth + 1);
      for (const descriptor of descriptors) value = { type: 'described', descriptor, value };
      elements.push(value);
    }
    if (this.at !== end) throw new MalformedError('an array is not as long as it says');
    return elements;
  }

  #sizeAndCount(code: number): { count: number; end: number } {
    const wide = (code & 0x10) !== 0;
    const size = wide ? this.#take(4).readUInt32BE() : this.#take(1).readUInt8();
    const end = this.at + size;
    if (end > this.#bytes.length) throw new MalformedError('a list ends after its message');
    return { count: wide ? this.#take(4).readUInt32BE() : this.#take(1).readUInt8(), end };
  }

  #take(length: number): Buffer {
    const start = this.at;
    this.at += length;
    if (this.at > this.#bytes.length) throw new MalformedError('a value ends after its message');
    return this.#bytes.subarray(start, this.at);
  }
}

const fixed: ReadonlyMap<number, (bytes: Buffer) => AmqpValue> = new Map([
  [0x50, (bytes: Buffer): AmqpValue => ({ type: 'ubyte', value: bytes.readUInt8() })],
  [0x51, (bytes) => ({ type: 'byte', value: bytes.readInt8() })],
  [0x52, (bytes) => ({ type: 'uint', value: bytes.readUInt8() })],
  [0x53, (bytes) => ({ type: 'ulong', value: BigInt(bytes.readUInt8()) })],
  [0x54, (bytes) => ({ type: 'int', value: bytes.readInt8() })],
  [0x55, (bytes) => ({ type: 'long', value: BigInt(bytes.readInt8()) })],
  [0x56, (bytes) => bytes.readUInt8() !== 0],
  [0x60, (bytes) => ({ type: 'ushort', value: bytes.readUInt16BE() })],
  [0x61, (bytes) => ({ type: 'short', value: bytes.readInt16BE() })],
  [0x70, (bytes) => ({ type: 'uint', value: bytes.readUInt32BE() })],
  [0x71, (bytes) => ({ type: 'int', value: bytes.readInt32BE() })],
  [0x72, (bytes) => ({ type: 'float', value: bytes.readFloatBE() })],
  [0x73, (bytes) => ({ type: 'char', value: bytes.readUInt32BE() })],
  [0x74, (bytes) => ({ type: 'decimal', value: bytes })],
  [0x80, (bytes) => ({ type: 'ulong', value: bytes.readBigUInt64BE() })],
  [0x81, (bytes) => ({ type: 'long', value: bytes.readBigInt64BE() })],
  [0x82, (bytes) => ({ type: 'double', value: bytes.readDoubleBE() })],
  [0x83, (bytes) => ({ type: 'timestamp', value: bytes.readBigInt64BE() })],
  [0x84, (bytes) => ({ type: 'decimal', value: bytes })],
  [0x94, (bytes) => ({ type: 'decimal', value: bytes })],
  [0x98, (bytes) => formatUuid(bytes)],
]);

function formatUuid(bytes: Buffer): TypedText {
  const value = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { type: 'uuid', value };
}

function toMap(elements: readonly AmqpValue[]): AmqpValue {
  if (elements.length % 2 !== 0) throw new MalformedError('a map has a key without a value');
  const map = new Map<AmqpValue, AmqpValue>();
  for (let index = 0; index + 1 < elements.length; index += 2) {
    map.set(elements[index] ?? null, elements[index + 1] ?? null);
  }
  return map;
}

function unknown(code: number): never {
  throw new MalformedError(`0x${code.toString(16)} is no AMQP type`);
}
