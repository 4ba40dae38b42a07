import type { Option } from './catalogue';
import { KeyReader } from './keys';
import type { ConfDocument } from './model';
import { lineAt } from './syntax';

/** The place of an option's value: from behind `=` to its end, and the cursor in it. */
export interface ValuePlace {
  readonly option: Option;
  readonly start: number;
  readonly offset: number;
  readonly end: number;
}

/** Undefined before `=`, in a comment, and behind what names no option. */
export function valuePlaceAt({ source, notText }: ConfDocument, cursor: number): ValuePlace | undefined {
  if (notText !== undefined) return undefined;
  const line = lineAt(source.text, cursor);
  const { start, end } = line.span;
  const offset = Math.max(cursor, start);
  const before = source.text.slice(start, offset);
  const equals = before.indexOf('=');
  if (equals < 0 || before.includes('#')) return undefined;
  const reading = new KeyReader().read(before.slice(0, equals).trim());
  if (!('option' in reading) || reading.option === undefined) return undefined;
  const rest = /^[^\r\n#]*/.exec(source.text.slice(offset, end))?.[0] ?? '';
  return {
    option: reading.option,
    start: start + equals + 1,
    offset,
    end: offset + rest.trimEnd().length,
  };
}
