import { type AmqpMap, type AmqpValue, isMap, isTyped, textOf } from '../../amqp/codec/value';
import { conversionFault } from '../fault';

/** Arguments of a method or properties of a new object. What is missing is empty or zero, as in the broker. */
export class Arguments {
  constructor(readonly map: AmqpMap) {}

  /** Throws `QmfFault` for all that is not an object with arguments. */
  static of(value: AmqpValue | undefined): Arguments {
    if (value === undefined || value === null) return new Arguments(new Map());
    if (isMap(value)) return new Arguments(value);
    throw conversionFault(`Cannot convert from ${typeName(value)} to map`, 607);
  }

  has(name: string): boolean {
    return this.map.has(name);
  }

  string(name: string): string {
    const value = this.map.get(name) ?? null;
    if (value === null) return '';
    const text = textOf(value);
    if (text === undefined) {
      throw conversionFault('Variant is not a string; use asString() if conversion is required.', 631);
    }
    return text;
  }

  boolean(name: string): boolean {
    const value = this.map.get(name) ?? null;
    if (typeof value === 'boolean' || value === null) return value ?? false;
    const text = textOf(value);
    if (text !== undefined && !/^(?:true|false|yes|no|on|off|0|1)?$/i.test(text)) {
      throw conversionFault(`Cannot convert ${text} to bool`, 246);
    }
    return text === undefined ? numberIn(value) !== 0 : /^(?:true|yes|on|1)$/i.test(text);
  }

  /** At most 32 bits. */
  uint(name: string): number {
    const value = this.map.get(name) ?? null;
    if (value === null) return 0;
    const number = numberIn(value);
    if (number === undefined)
      throw conversionFault(`Cannot convert ${textOf(value) ?? typeName(value)}`, 173);
    if (number > 0xffff_ffff) throw conversionFault('Cannot convert from uint64 to uint32', 140);
    return number;
  }

  nested(name: string): Arguments {
    return Arguments.of(this.map.get(name));
  }

  /** All but the named ones. */
  without(names: ReadonlySet<string>): AmqpMap {
    return new Map([...this.map].filter(([key]) => !names.has(textOf(key) ?? '')));
  }
}

function numberIn(value: AmqpValue): number | undefined {
  const text = textOf(value);
  if (text !== undefined) return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (!isTyped(value)) return undefined;
  return typeof value.value === 'number' || typeof value.value === 'bigint' ? Number(value.value) : undefined;
}

function typeName(value: AmqpValue): string {
  if (textOf(value) !== undefined) return 'string';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'bool';
  return isTyped(value) ? value.type.replace(/^u(?!uid)/, 'uint').replace('uintint', 'uint32') : 'map';
}
