/** Replication ids as ranges, the form in which brokers exchange them. */
export function encodeIds(ids: Iterable<number>): Buffer {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  const ranges: [first: number, last: number][] = [];
  for (const id of sorted) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] + 1 === id) range[1] = id;
    else ranges.push([id, id]);
  }
  const bytes = Buffer.alloc(2 + ranges.length * 16);
  bytes.writeUInt16BE(Math.min(ranges.length * 16, 0xffff), 0);
  for (const [index, [first, last]] of ranges.entries()) {
    bytes.writeBigUInt64BE(BigInt(first), 2 + index * 16);
    bytes.writeBigUInt64BE(BigInt(last), 10 + index * 16);
  }
  return bytes;
}

export function* decodeIds(bytes: Buffer): IterableIterator<number> {
  for (let at = 2; at + 16 <= bytes.length; at += 16) {
    const last = Number(bytes.readBigUInt64BE(at + 8));
    for (let id = Number(bytes.readBigUInt64BE(at)); id <= last; id += 1) yield id;
  }
}
