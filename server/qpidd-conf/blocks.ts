import { changeBetween } from '../text/change';
import { type Block, type Quota, readBlock } from './block';
import type { Option } from './catalogue';

/** The lines of a text as blocks that tile it, after `start` characters that belong to no line. */
export interface Blocks {
  readonly text: string;
  readonly start: number;
  readonly all: readonly Block[];
}

/** Characters of a block: an edit has one block read anew, and every check asks each block. */
const blockSize = 4096;

/** Characters beyond which a file is no configuration: not all of it is kept, and nothing for its next version. */
const hugeSize = 1 << 20;

/** @param previous another version of the text, whose blocks are taken over where they still stand. */
export function blocksOf(text: string, start: number, previous?: Blocks): Blocks {
  if (text.length > hugeSize) return { text, start, all: readBlocks(text.slice(start), new FileQuota()) };
  if (previous === undefined || previous.text.length > hugeSize) {
    return { text, start, all: readBlocks(text.slice(start)) };
  }
  return { text, start, all: updated(previous, text, start) };
}

function updated({ text: old, start: oldStart, all }: Blocks, text: string, start: number): readonly Block[] {
  const change = changeBetween(old, text);
  const growth = text.length - old.length;
  let first = 0;
  let from = start;
  for (; start === oldStart && first < all.length; first += 1) {
    const length = endedLength(all[first]);
    if (length === 0 || from + length > change.start) break;
    from += length;
  }
  let last = all.length;
  let to = text.length;
  for (; last > first; last -= 1) {
    const begin = to - (all[last - 1]?.text.length ?? 0);
    if (begin - growth < change.oldEnd || !isLineStart(text, begin, start)) break;
    to = begin;
  }
  if (to - from < blockSize / 2 && last < all.length) {
    to += all[last]?.text.length ?? 0;
    last += 1;
  }
  return [...all.slice(0, first), ...readBlocks(detached(text.slice(from, to))), ...all.slice(last)];
}

/** 0 where the last line lacks its LF: it may go on in another version. */
function endedLength(block: Block | undefined): number {
  return block?.text.endsWith('\n') === true ? block.text.length : 0;
}

function isLineStart(text: string, offset: number, start: number): boolean {
  return offset === start || (offset > start && text[offset - 1] === '\n');
}

/** The same text, without a hold on the long one that it was cut from. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

function readBlocks(text: string, quota?: Quota): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < text.length; ) {
    const feed = text.length - start < 1.5 * blockSize ? -1 : text.indexOf('\n', start + blockSize);
    const end = feed < 0 ? text.length : feed + 1;
    blocks.push(readBlock(text.slice(start, end), quota));
    start = end;
  }
  return blocks;
}

/** So many lines that are no settings are kept, and so many settings of an option that may be set only once. */
const kept = 1000;

/** So many settings of an option that can be repeated. */
const keptRepeatable = 10_000;

class FileQuota implements Quota {
  private readonly counts = new Map<Option, number>();
  private oddLines = 0;

  setting(option: Option): boolean {
    const count = this.counts.get(option) ?? 0;
    this.counts.set(option, count + 1);
    return count < (option.repeatable === true ? keptRepeatable : kept);
  }

  oddLine(): boolean {
    this.oddLines += 1;
    return this.oddLines <= kept;
  }
}
