import { type BlockSetting, BlockSettings, readSetting } from './block-settings';
import type { Option } from './catalogue';
import { mayHoldDirectives } from './directives';
import { exactOption, type KeyReader } from './keys';
import { meantBy } from './malformed';
import { holdsControls } from './not-text';
import { lineFrom, trimmedEnd, valueSpan } from './syntax';

/** A line that is neither blank, nor a comment, nor `key=value` with the exact name of an option. */
export interface OddLine {
  /** Offset of the line in its block. */
  readonly at: number;
  /** The line before it ends with a backslash; not known of the first line of a block. */
  readonly isContinuation: boolean;
}

interface BlockLines {
  readonly exact: readonly BlockSetting[];
  readonly odd: readonly OddLine[];
  /** The last line ends with a backslash. */
  readonly isContinued: boolean;
  /** True where lines were left out. */
  readonly isTruncated: boolean;
}

/**
 * A run of whole lines, read without regard to where it stands and to what is around it, so that it need not be
 * read again as long as nothing in it changes.
 */
export class Block {
  private controls: boolean | undefined;
  private directives: boolean | undefined;
  private latest: Understanding | undefined;

  constructor(
    /** With the LF that ends its last line, unless that is the last of the file. */
    readonly text: string,
    private readonly lines: BlockLines,
  ) {}

  get odd(): readonly OddLine[] {
    return this.lines.odd;
  }

  get isContinued(): boolean {
    return this.lines.isContinued;
  }

  get isTruncated(): boolean {
    return this.lines.isTruncated;
  }

  /** Has characters that belong into no text. */
  get holdsControls(): boolean {
    this.controls ??= holdsControls(this.text);
    return this.controls;
  }

  /** May have comments that speak to the linter. */
  get mayHoldDirectives(): boolean {
    this.directives ??= mayHoldDirectives(this.text);
    return this.directives;
  }

  /** @param searched how many of the odd lines are worth a search for what was meant by them. */
  settings(keys: KeyReader, searched: number): BlockSettings {
    const { release } = keys;
    if (this.latest?.searched !== searched || this.latest.release !== release) {
      this.latest = { searched, release, settings: new BlockSettings(this.understood(keys, searched)) };
    }
    return this.latest.settings;
  }

  private understood(keys: KeyReader, searched: number): readonly BlockSetting[] {
    const { exact, odd } = this.lines;
    if (odd.length === 0) return exact;
    const meant = odd.flatMap(({ at }, index) => meantSetting(this.text, at, keys, index < searched));
    return [...exact, ...meant].sort((a, b) => a.at - b.at);
  }
}

interface Understanding {
  readonly searched: number;
  readonly release: KeyReader['release'];
  readonly settings: BlockSettings;
}

function meantSetting(text: string, at: number, keys: KeyReader, search: boolean): readonly BlockSetting[] {
  const line = lineFrom(text, at);
  if (line.kind === 'malformed') {
    const meant = search ? meantBy(text, line, keys) : undefined;
    return meant === undefined ? [] : [readSetting(at, meant.option, meant.text)];
  }
  if (line.kind !== 'setting') return [];
  const key = text.slice(line.key.start, line.key.end);
  const option = search ? keys.optionOf(key) : exactOption(key);
  return option === undefined ? [] : [readSetting(at, option, text.slice(line.value.start, line.value.end))];
}

/** What may be kept of a file that is far larger than any configuration. */
export interface Quota {
  setting(option: Option): boolean;
  oddLine(): boolean;
}

/** Reads the lines of `text`, which begins at the start of a line. */
export function readBlock(text: string, quota?: Quota): Block {
  const exact: BlockSetting[] = [];
  const odd: OddLine[] = [];
  let isContinued = false;
  let isTruncated = false;
  let equals = -1;
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = indexOrEnd(text, '\n', at);
    const isContinuation = isContinued;
    isContinued = false;
    if (isSkipped(text, at, end)) continue;
    isContinued = endsWithBackslash(text, at, end);
    if (equals < at) equals = indexOrEnd(text, '=', at);
    const option = equals < end ? exactOption(text.slice(at, equals)) : undefined;
    const isKept = option === undefined ? quota?.oddLine() : quota?.setting(option);
    if (isKept === false) isTruncated = true;
    else if (option === undefined) odd.push({ at, isContinuation });
    else {
      const value = valueSpan(text, equals + 1, end);
      exact.push(readSetting(at, option, text.slice(value.start, value.end)));
    }
  }
  return new Block(text, { exact, odd, isContinued, isTruncated });
}

function indexOrEnd(text: string, sign: string, from: number): number {
  const index = text.indexOf(sign, from);
  return index < 0 ? text.length : index;
}

/** Blank lines and comments. */
function isSkipped(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09)) at += 1;
  return at === end || text.charCodeAt(at) === 0x23;
}

/** What follows on a setting like this was meant as more of its value. */
function endsWithBackslash(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(trimmedEnd(text, at, end) - 1) !== 0x5c) return false;
  const line = lineFrom(text, at);
  return line.kind === 'setting' && text[line.value.end - 1] === '\\' && line.comment === undefined;
}
