import { changeBetween } from './change';

/** A place as editors count: line and UTF-16 code unit in it, both from zero. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of one text begin, as editors see them: LF, CR and CRLF end a line. Found when first asked. */
export class LineIndex {
  private known: Uint32Array | undefined;

  constructor(private readonly text: string) {}

  /** The index of another version of the text: what the two have in common is not searched again. */
  forText(text: string): LineIndex {
    const index = new LineIndex(text);
    if (this.known !== undefined) index.known = updatedStarts(this.known, this.text, text);
    return index;
  }

  /** Never inside a line end, nor outside the text. */
  positionAt(offset: number): LinePosition {
    const { starts } = this;
    const within = Math.max(0, Math.min(offset, this.text.length));
    const line = countUpTo(starts, within) - 1;
    const start = starts[line] ?? 0;
    return { line, character: this.beforeLineEnd(within, start) - start };
  }

  /** A place after the end of a line stands for that end, one after the last line for the end of the text. */
  offsetAt({ line, character }: LinePosition): number {
    const { starts, text } = this;
    if (line < 0) return 0;
    const start = starts[line];
    if (start === undefined) return text.length;
    const next = starts[line + 1] ?? text.length;
    return this.beforeLineEnd(Math.min(start + Math.max(0, character), next), start);
  }

  private beforeLineEnd(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && isLineEnd(this.text.charCodeAt(at - 1))) at -= 1;
    return at;
  }

  private get starts(): Uint32Array {
    this.known ??= Uint32Array.from([0, ...lineStarts(this.text, 1, this.text.length)]);
    return this.known;
  }
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function isLineEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

/** The starts of lines from `from` to `to`, both included; whether there is one depends on two characters. */
function lineStarts(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = Math.max(1, from); at <= to; at += 1) {
    const before = text.charCodeAt(at - 1);
    if (before === lineFeed || (before === carriageReturn && text.charCodeAt(at) !== lineFeed))
      starts.push(at);
  }
  return starts;
}

function updatedStarts(old: Uint32Array, oldText: string, text: string): Uint32Array {
  const { start, oldEnd, newEnd } = changeBetween(oldText, text);
  const before = old.subarray(0, Math.max(1, countUpTo(old, start - 1)));
  const changed = lineStarts(text, start, newEnd);
  const after = old.subarray(countUpTo(old, oldEnd));
  const starts = new Uint32Array(before.length + changed.length + after.length);
  starts.set(before);
  starts.set(changed, before.length);
  const shift = newEnd - oldEnd;
  let place = before.length + changed.length;
  for (const offset of after) {
    starts[place] = offset + shift;
    place += 1;
  }
  return starts;
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(numbers: Uint32Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
