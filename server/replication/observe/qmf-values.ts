/** Reads a QMF object's values by type; a value that is missing or of another type reads as nothing. */
import type { QmfMap, QmfValue } from '../../amqp/contract';

export function textOf(values: QmfMap, key: string): string {
  const value = values[key];
  return typeof value === 'string' ? value : '';
}

/** Counters are 64 bits wide; no queue holds 2^53 messages. */
export function numberOf(values: QmfMap, key: string): number {
  const value = values[key];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

export function flagOf(values: QmfMap, key: string): boolean {
  return values[key] === true;
}

export function mapOf(values: QmfMap, key: string): QmfMap {
  const value = values[key];
  return isMap(value) ? value : {};
}

/** The object name that a reference such as `linkRef` holds; empty where it refers to nothing. */
export function referenceOf(values: QmfMap, key: string): string {
  return textOf(mapOf(values, key), '_object_name');
}

/** A UUID as lower-case text, whether it arrived as text or as its 16 bytes. */
export function uuidOf(values: QmfMap, key: string): string | undefined {
  const value = values[key];
  if (typeof value === 'string' && value !== '') return value.toLowerCase();
  if (!(value instanceof Uint8Array) || value.length !== 16) return undefined;
  return Buffer.from(value)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function isMap(value: QmfValue | undefined): value is QmfMap {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
