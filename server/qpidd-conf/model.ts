import type { SourceDocument } from '../text/document';
import { type Span, span, touches } from '../text/span';
import { findOption, isBrokerOption, type Option, optionsNamed } from './catalogue';
import { type Directive, directivesOf, releaseIn } from './directives';
import { KeyReader, type KeyReading } from './keys';
import { type Malformed, readMalformed } from './malformed';
import { type Modules, modulesOf } from './modules';
import { binary, type NotText, utf16 } from './not-text';
import type { Release } from './release';
import { byteOrderMarkLength, type Line, linesOf, type MalformedLine, type SettingLine } from './syntax';
import { meantText } from './values/meant';
import { readValue, type Value } from './values/value';

/**
 * One version of a qpidd.conf, parsed once for every rule and feature.
 *
 * Settings are read as they are surely meant: a misspelt name or a missing `=` is a finding of its own, and
 * does not hide what else is wrong with the setting, so that curing one finding never brings up another.
 */
export interface ConfDocument {
  readonly source: SourceDocument;
  /** Where this is set there is nothing else to see. */
  readonly notText?: NotText;
  readonly byteOrderMark?: Span;
  /** In file order, those of unknown names included where it is certain which option they mean. */
  readonly settings: readonly Setting[];
  /** Lines `key=value` whose key is not the exact name of an option that this broker knows. */
  readonly unknown: readonly UnknownKey[];
  /** Lines with blanks around a key. */
  readonly padded: readonly SettingLine[];
  readonly malformed: readonly Malformed[];
  /** True where a hopeless file has more of all these than are kept. */
  readonly truncated: boolean;
  readonly modules: Modules;
  /** The settings of each option, by its name. */
  readonly byOption: ReadonlyMap<string, readonly Setting[]>;
  /** The broker's, where the file or its project names one: the options are those of that release. */
  readonly release?: Release;
  /** Lines of options that are gone today, and there in that release. */
  readonly former: readonly FormerKey[];
  /** What its comments tell the linter. */
  readonly directives: readonly Directive[];
}

/** An option with the value that this file gives it. */
export interface Setting {
  readonly option: Option;
  readonly line: Line;
  readonly key: Span;
  /** Empty where the value is missing. */
  readonly value: Span;
  /** The value as the broker reads it. */
  readonly text: string;
  readonly parsed: Value;
  /** What surely was meant by a value that the broker refuses. */
  readonly correction?: string;
  /** `parsed`, or the correction as the broker would read it. */
  readonly understood: Value;
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

/** A setting before it is known which modules are there. */
type Draft = Omit<Setting, 'parsed' | 'correction' | 'understood'>;

/** @param projectRelease of the broker, as far as the file itself does not name another. */
export function parseConf(source: SourceDocument, projectRelease?: Release): ConfDocument {
  const wide = utf16(source);
  if (wide !== undefined) return withoutContent(source, wide);
  const directives = directivesOf(source);
  const release = releaseIn(directives) ?? projectRelease;
  const scan = new Scan(source.text, release);
  const refused = scan.unknown.length + scan.padded.length + scan.malformed.length > 0;
  const notText = refused ? binary(source.text) : undefined;
  if (notText !== undefined) return withoutContent(source, notText);
  const modules = modulesOf(scan.drafts, release);
  const mark = byteOrderMarkLength(source.text);
  const settings = scan.drafts.map((draft) => finished(draft, modules));
  return {
    source,
    ...(mark > 0 ? { byteOrderMark: span(0, mark) } : {}),
    settings,
    unknown: scan.unknown,
    padded: scan.padded,
    malformed: scan.malformed,
    truncated: scan.truncated,
    modules,
    byOption: indexed(settings),
    ...(release === undefined ? {} : { release }),
    former: scan.former,
    directives,
  };
}

function indexed(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  const byOption = new Map<string, Setting[]>();
  for (const setting of settings) {
    const others = byOption.get(setting.option.name);
    if (others === undefined) byOption.set(setting.option.name, [setting]);
    else others.push(setting);
  }
  return byOption;
}

function withoutContent(source: SourceDocument, notText: NotText): ConfDocument {
  return {
    source,
    notText,
    settings: [],
    unknown: [],
    padded: [],
    malformed: [],
    truncated: false,
    modules: modulesOf([]),
    byOption: new Map(),
    former: [],
    directives: [],
  };
}

function finished(draft: Draft, modules: Modules): Setting {
  const { line, key, value, text } = draft;
  const option = modules.legacyStore ? legacyReading(draft.option) : draft.option;
  const parsed = readValue(option.type, text, modules.transports);
  const correction = parsed.kind === 'invalid' ? meantText(option.type, text, modules.transports) : undefined;
  // Field by field: a spread takes several times as long, and this is done for every line.
  if (correction === undefined) return { option, line, key, value, text, parsed, understood: parsed };
  const understood = readValue(option.type, correction, modules.transports);
  return { ...draft, option, parsed, correction, understood };
}

function legacyReading(option: Option): Option {
  return optionsNamed(option.name).find(({ module }) => module === 'legacystore.so') ?? option;
}

/** So many lines of one fault are kept, and so many settings of an option that may be set only once. */
const kept = 1000;

/** So many settings of an option that can be repeated. */
const keptRepeatable = 10_000;

class Scan {
  readonly drafts: Draft[] = [];
  readonly unknown: UnknownKey[] = [];
  readonly former: FormerKey[] = [];
  readonly padded: SettingLine[] = [];
  readonly malformed: Malformed[] = [];
  truncated = false;
  private readonly keys: KeyReader;
  private readonly counts = new Map<Option, number>();

  constructor(
    private readonly text: string,
    release: Release | undefined,
  ) {
    this.keys = new KeyReader(release);
    let continued = false;
    for (const line of linesOf(text)) {
      if (line.kind === 'setting') this.setting(line);
      else if (line.kind === 'malformed') this.malformedLine(line, continued);
      continued = line.kind === 'setting' && text[line.value.end - 1] === '\\' && line.comment === undefined;
    }
  }

  private setting(line: SettingLine): void {
    const name = this.text.slice(line.key.start, line.key.end);
    const reading = this.keys.read(name);
    const isPadded = line.field.start < line.key.start || line.key.end < line.field.end;
    if (isPadded) this.keep(this.padded, line);
    if (reading.kind === 'former') this.keep(this.former, { line, reading });
    else if (reading.kind !== 'exact') this.keep(this.unknown, { line, name, reading });
    if (!('option' in reading) || reading.option === undefined || reading.kind === 'elsewhere') return;
    const text = this.text.slice(line.value.start, line.value.end);
    this.draft({ option: reading.option, line, key: line.key, value: line.value, text });
  }

  private malformedLine(line: MalformedLine, continued: boolean): void {
    if (this.malformed.length >= kept) {
      this.truncated = true;
      return;
    }
    const malformed = readMalformed(this.text, line, this.keys, continued);
    this.keep(this.malformed, malformed);
    if (malformed.meant !== undefined) this.draft({ ...malformed.meant, line });
  }

  private draft(draft: Draft): void {
    const count = this.counts.get(draft.option) ?? 0;
    this.counts.set(draft.option, count + 1);
    if (count < (draft.option.repeatable === true ? keptRepeatable : kept)) this.drafts.push(draft);
    else this.truncated = true;
  }

  private keep<Item>(list: Item[], item: Item): void {
    if (list.length < kept) list.push(item);
    else this.truncated = true;
  }
}

/** The first setting of an option, which is the one that counts. */
export function settingOf(document: ConfDocument, name: string): Setting | undefined {
  return document.byOption.get(name)?.[0];
}

/** All settings of an option, in file order. */
export function settingsOf(document: ConfDocument, name: string): readonly Setting[] {
  return document.byOption.get(name) ?? [];
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
