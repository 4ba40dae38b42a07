import type { SourceDocument } from '../text/document';
import { type Span, span, touches } from '../text/span';
import type { Trait } from './block-settings';
import { type Blocks, blocksOf } from './blocks';
import { findOption, isBrokerOption, type Option } from './catalogue';
import { type Directive, directivesIn, releaseIn } from './directives';
import { KeyReader } from './keys';
import type { Malformed } from './malformed';
import type { Modules } from './modules';
import { binary, type NotText, utf16 } from './not-text';
import {
  countOddLines,
  type FormerKey,
  type OddLines,
  oddLimit,
  oddLinesOf,
  type UnknownKey,
} from './odd-lines';
import type { Release } from './release';
import type { Setting } from './setting';
import { SettingIndex } from './setting-index';
import { byteOrderMarkLength, type SettingLine } from './syntax';

export type { SettingContent, Trait } from './block-settings';
export type { FormerKey, UnknownKey } from './odd-lines';
export type { Setting } from './setting';

/**
 * One version of a qpidd.conf, parsed once for every rule and feature.
 *
 * Settings are read as they are surely meant: a misspelt name or a missing `=` is a finding of its own, and
 * does not hide what else is wrong with the setting, so that curing one finding never brings up another.
 */
export interface ConfDocument extends OddLines {
  readonly source: SourceDocument;
  /** Where this is set there is nothing else to see. */
  readonly notText?: NotText;
  readonly byteOrderMark?: Span;
  /**
   * In file order, those of unknown names included where it is certain which option they mean. A rule does not
   * walk over them: `settingOf`, `settingsThat` and the like find what it looks for.
   */
  readonly settings: readonly Setting[];
  /** True where a hopeless file has more of all these than are kept. */
  readonly truncated: boolean;
  readonly modules: Modules;
  readonly index: SettingIndex;
  /** The broker's, where the file or its project names one: the options are those of that release. */
  readonly release?: Release;
  /** What its comments tell the linter. */
  readonly directives: readonly Directive[];
}

/**
 * @param projectRelease of the broker, as far as the file itself does not name another.
 * @param previous another version of the same file: what is the same in both is not read again. The result does
 * not depend on it.
 */
export function parseConf(
  source: SourceDocument,
  projectRelease?: Release,
  previous?: ConfDocument,
): ConfDocument {
  const { text } = source;
  const wide = utf16(source);
  if (wide !== undefined) return withoutContent(source, wide);
  const mark = byteOrderMarkLength(text);
  const earlier = previous instanceof ParsedConf ? previous : undefined;
  const blocks = blocksOf(text, mark, earlier?.blocks);
  const directives = directivesOf(blocks);
  const release = releaseIn(directives) ?? projectRelease;
  const keys = earlier?.keys.release === release ? earlier?.keys : undefined;
  const document = new ParsedConf(source, blocks, keys ?? new KeyReader(release), directives);
  const notText = mayBeBinary(blocks) && document.isRefused() ? binary(text) : undefined;
  return notText === undefined ? document : withoutContent(source, notText);
}

function directivesOf({ text, start, all }: Blocks): readonly Directive[] {
  const directives: Directive[] = [];
  let from = start;
  for (const block of all) {
    if (block.mayHoldDirectives) directives.push(...directivesIn(text, block.text, from));
    from += block.text.length;
  }
  return directives;
}

function mayBeBinary({ all }: Blocks): boolean {
  return all.some((block) => block.holdsControls);
}

function withoutContent(source: SourceDocument, notText: NotText): ConfDocument {
  const index = new SettingIndex({ text: source.text, start: 0, all: [] }, new KeyReader(), 0);
  const { modules } = index;
  return {
    source,
    notText,
    settings: [],
    unknown: [],
    padded: [],
    malformed: [],
    truncated: false,
    modules,
    index,
    former: [],
    directives: [],
  };
}

class ParsedConf implements ConfDocument {
  readonly byteOrderMark?: Span;
  readonly release?: Release;
  readonly truncated: boolean;
  readonly index: SettingIndex;
  private lines: OddLines | undefined;

  constructor(
    readonly source: SourceDocument,
    readonly blocks: Blocks,
    readonly keys: KeyReader,
    readonly directives: readonly Directive[],
  ) {
    if (blocks.start > 0) this.byteOrderMark = span(0, blocks.start);
    if (keys.release !== undefined) this.release = keys.release;
    this.truncated = countOddLines(blocks) > oddLimit || blocks.all.some(({ isTruncated }) => isTruncated);
    this.index = new SettingIndex(blocks, keys, oddLimit);
  }

  get settings(): readonly Setting[] {
    return this.index.all();
  }

  get unknown(): readonly UnknownKey[] {
    return this.odd.unknown;
  }

  get former(): readonly FormerKey[] {
    return this.odd.former;
  }

  get padded(): readonly SettingLine[] {
    return this.odd.padded;
  }

  get malformed(): readonly Malformed[] {
    return this.odd.malformed;
  }

  get modules(): Modules {
    return this.index.modules;
  }

  /** Of all odd lines those of former options alone do no harm. */
  isRefused(): boolean {
    const { unknown, padded, malformed } = this.odd;
    return unknown.length + padded.length + malformed.length > 0;
  }

  private get odd(): OddLines {
    this.lines ??= oddLinesOf(this.blocks, this.keys);
    return this.lines;
  }
}

/** The first setting of an option, which is the one that counts. */
export function settingOf(document: ConfDocument, name: string): Setting | undefined {
  return document.index.first(name);
}

/** All settings of an option, in file order. */
export function settingsOf(document: ConfDocument, name: string): readonly Setting[] {
  return document.index.of(name);
}

/** All settings of the options that pass the test, in file order; it is asked once for each option that is set. */
export function settingsOfOptions(
  document: ConfDocument,
  test: (option: Option, isRepeated: boolean) => boolean,
): readonly Setting[] {
  return document.index.ofOptions(test);
}

/**
 * All settings that have a trait, in file order.
 *
 * @param trait a function that stands in a module, not one made anew for each call: what it said of a setting is
 * remembered by it for as long as nothing changes around that setting. It sees nothing but the setting.
 */
export function settingsThat(document: ConfDocument, trait: Trait): readonly Setting[] {
  return document.index.that(trait);
}

/** The setting on the line that holds `offset`. */
export function settingAt({ settings }: ConfDocument, offset: number): Setting | undefined {
  let low = 0;
  let high = settings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((settings[middle]?.line.span.end ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  const setting = settings[low];
  return setting !== undefined && touches(setting.line.span, offset) ? setting : undefined;
}

/**
 * The value of a boolean option: as set, else its default. A value that the broker refuses counts as what was
 * meant by it, or else as none.
 */
export function effectiveBoolean(document: ConfDocument, name: string): boolean {
  const value = settingOf(document, name)?.understood;
  return value?.kind === 'boolean' ? value.value : defaultOf(name) === 'yes';
}

/** The value of an integer option: as set and wrapped, else its default; NaN where that is no number. */
export function effectiveInteger(document: ConfDocument, name: string): number {
  const value = settingOf(document, name)?.understood;
  return value?.kind === 'integer' ? value.value : Number(defaultOf(name));
}

/** The text of an option: as set, else its default; undefined where the default is no fixed text. */
export function effectiveText(document: ConfDocument, name: string): string | undefined {
  return settingOf(document, name)?.text ?? defaultOf(name);
}

function defaultOf(name: string): string | undefined {
  const option = findOption(name);
  return option !== undefined && isBrokerOption(option) && 'value' in option.default
    ? option.default.value
    : undefined;
}
