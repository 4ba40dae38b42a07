import type { AmqpMap, AmqpValue, Decimal, Described, TypedLong, TypedNumber, TypedText } from './value';

/** Writes AMQP 1.0 values one after the other. */
export class Encoder {
  #buffer = Buffer.allocUnsafe(512);
  #at = 0;

  toBuffer(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  raw(bytes: Uint8Array): void {
    const start = this.#grow(bytes.length);
    this.#buffer.set(bytes, start);
  }

  value(value: AmqpValue): void {
    if (value === null) this.#code(0x40);
    else if (value === true) this.#code(0x41);
    else if (value === false) this.#code(0x42);
    else if (typeof value === 'string') this.#variable(0xa1, Buffer.from(value));
    else if (value instanceof Uint8Array) this.#variable(0xa0, value);
    else if (value instanceof Map) this.#map(value);
    else if (Array.isArray(value)) this.#list(value);
    else this.#typed(value as Exclude<AmqpValue, AmqpMap | readonly AmqpValue[] | Uint8Array>);
  }

  #typed(value: TypedNumber | TypedLong | TypedText | Decimal | Described | string | boolean | null): void {
    if (value === null || typeof value !== 'object') return;
    switch (value.type) {
      case 'ulong':
      case 'long':
      case 'timestamp':
        this.#long(value);
        break;
      case 'symbol':
        this.#variable(0xa3, Buffer.from(value.value, 'latin1'));
        break;
      case 'uuid':
        this.#code(0x98);
        this.raw(Buffer.from(value.value.replaceAll('-', ''), 'hex'));
        break;
      case 'decimal':
        this.#code(decimals.get(value.value.length) ?? 0x94);
        this.raw(value.value);
        break;
      case 'described':
        this.#code(0x00);
        this.value(value.descriptor);
        this.value(value.value);
        break;
      default:
        this.#number(value);
    }
  }

  #long({ type, value }: TypedLong): void {
    if (type === 'ulong' && value === 0n) this.#code(0x44);
    else if (type === 'ulong' && value < 256n) this.#small(0x53, Number(value));
    else {
      this.#code(longs[type]);
      const start = this.#grow(8);
      this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), start);
    }
  }

  #number({ type, value }: TypedNumber): void {
    if (type === 'uint' && value === 0) this.#code(0x43);
    else if (type === 'uint' && value < 256) this.#small(0x52, value);
    else {
      const { code, width, write } = numbers[type];
      this.#code(code);
      const start = this.#grow(width);
      write(this.#buffer, value, start);
    }
  }

  /** The short form where 8 bits of length suffice, the long one (code + 0x10) elsewhere. */
  #variable(code: number, bytes: Uint8Array): void {
    if (bytes.length < 256) this.#small(code, bytes.length);
    else {
      this.#code(code + 0x10);
      this.#length(bytes.length);
    }
    this.raw(bytes);
  }

  #list(elements: readonly AmqpValue[]): void {
    if (elements.length === 0) this.#code(0x45);
    else {
      this.#compound(0xd0, elements.length, () => {
        for (const element of elements) this.value(element);
      });
    }
  }

  #map(map: ReadonlyMap<AmqpValue, AmqpValue>): void {
    this.#compound(0xd1, map.size * 2, () => {
      for (const [key, value] of map) {
        this.value(key);
        this.value(value);
      }
    });
  }

  #compound(code: number, count: number, content: () => void): void {
    this.#code(code);
    const sizeAt = this.#grow(4);
    this.#length(count);
    content();
    this.#buffer.writeUInt32BE(this.#at - sizeAt - 4, sizeAt);
  }

  #small(code: number, value: number): void {
    this.#code(code);
    this.#code(value);
  }

  #code(code: number): void {
    const start = this.#grow(1);
    this.#buffer.writeUInt8(code, start);
  }

  #length(length: number): void {
    const start = this.#grow(4);
    this.#buffer.writeUInt32BE(length, start);
  }

  /** Makes room, and returns where it starts. */
  #grow(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#buffer.length) {
      const bigger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at));
      this.#buffer.copy(bigger, 0, 0, start);
      this.#buffer = bigger;
    }
    return start;
  }
}

interface NumberFormat {
  readonly code: number;
  readonly width: number;
  readonly write: (buffer: Buffer, value: number, at: number) => void;
}

const numbers: Readonly<Record<TypedNumber['type'], NumberFormat>> = {
  ubyte: { code: 0x50, width: 1, write: (buffer, value, at) => buffer.writeUInt8(value, at) },
  ushort: { code: 0x60, width: 2, write: (buffer, value, at) => buffer.writeUInt16BE(value, at) },
  uint: { code: 0x70, width: 4, write: (buffer, value, at) => buffer.writeUInt32BE(value, at) },
  byte: { code: 0x51, width: 1, write: (buffer, value, at) => buffer.writeInt8(value, at) },
  short: { code: 0x61, width: 2, write: (buffer, value, at) => buffer.writeInt16BE(value, at) },
  int: { code: 0x71, width: 4, write: (buffer, value, at) => buffer.writeInt32BE(value, at) },
  float: { code: 0x72, width: 4, write: (buffer, value, at) => buffer.writeFloatBE(value, at) },
  double: { code: 0x82, width: 8, write: (buffer, value, at) => buffer.writeDoubleBE(value, at) },
  char: { code: 0x73, width: 4, write: (buffer, value, at) => buffer.writeUInt32BE(value, at) },
};

const longs: Readonly<Record<TypedLong['type'], number>> = { ulong: 0x80, long: 0x81, timestamp: 0x83 };

const decimals: ReadonlyMap<number, number> = new Map([
  [4, 0x74],
  [8, 0x84],
  [16, 0x94],
]);

export function encodeValue(value: AmqpValue): Buffer {
  const encoder = new Encoder();
  encoder.value(value);
  return encoder.toBuffer();
}
