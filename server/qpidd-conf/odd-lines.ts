import type { Blocks } from './blocks';
import type { KeyReader, KeyReading } from './keys';
import { type Malformed, readMalformed } from './malformed';
import { lineFrom, type SettingLine } from './syntax';

/** The lines of a file that are no plain settings, each looked at for what it is. */
export interface OddLines {
  /** Lines `key=value` whose key is not the exact name of an option that this broker knows. */
  readonly unknown: readonly UnknownKey[];
  /** Lines of options that are gone today, and there in the release of the file. */
  readonly former: readonly FormerKey[];
  /** Lines with blanks around a key. */
  readonly padded: readonly SettingLine[];
  readonly malformed: readonly Malformed[];
}

export interface UnknownKey {
  readonly line: SettingLine;
  /** As written, without outer blanks. */
  readonly name: string;
  readonly reading: Exclude<KeyReading, { readonly kind: 'exact' | 'former' }>;
}

export interface FormerKey {
  readonly line: SettingLine;
  readonly reading: Extract<KeyReading, { readonly kind: 'former' }>;
}

/** So many of a file are looked at; in a file that has more of them, the others bring nothing new. */
export const oddLimit = 1000;

export function countOddLines({ all }: Blocks): number {
  return all.reduce((sum, { odd }) => sum + odd.length, 0);
}

export function oddLinesOf({ text, start, all }: Blocks, keys: KeyReader): OddLines {
  const lines = { unknown: [], former: [], padded: [], malformed: [] };
  let left = oddLimit;
  let isContinued = false;
  let from = start;
  for (const block of all) {
    for (const { at, isContinuation } of block.odd.slice(0, left)) {
      addOddLine(lines, text, from + at, keys, at === 0 ? isContinued : isContinuation);
    }
    left = Math.max(0, left - block.odd.length);
    isContinued = block.isContinued;
    from += block.text.length;
  }
  return lines;
}

type Mutable<Lists> = {
  -readonly [Name in keyof Lists]: Lists[Name] extends readonly (infer Item)[] ? Item[] : never;
};

function addOddLine(
  { unknown, former, padded, malformed }: Mutable<OddLines>,
  text: string,
  start: number,
  keys: KeyReader,
  isContinuation: boolean,
): void {
  const line = lineFrom(text, start);
  if (line.kind === 'malformed') malformed.push(readMalformed(text, line, keys, isContinuation));
  if (line.kind !== 'setting') return;
  if (line.field.start < line.key.start || line.key.end < line.field.end) padded.push(line);
  const name = text.slice(line.key.start, line.key.end);
  const reading = keys.read(name);
  if (reading.kind === 'former') former.push({ line, reading });
  else if (reading.kind !== 'exact') unknown.push({ line, name, reading });
}
