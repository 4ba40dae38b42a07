import type { SourceDocument } from '../text/document';
import { type Span, span, touches } from '../text/span';
import { findOption, isBrokerOption, type Option, optionsNamed } from './catalogue';
import { KeyReader, type KeyReading } from './keys';
import { type Malformed, readMalformed } from './malformed';
import { type Modules, modulesOf } from './modules';
import { binary, type NotText, utf16 } from './not-text';
import { byteOrderMarkLength, type Line, linesOf, type SettingLine } from './syntax';
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
  readonly modules: Modules;
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
  readonly reading: Exclude<KeyReading, { readonly kind: 'exact' }>;
}

/** A setting before it is known which modules are there. */
type Draft = Omit<Setting, 'parsed' | 'correction' | 'understood'>;

export function parseConf(source: SourceDocument): ConfDocument {
  const wide = utf16(source);
  if (wide !== undefined) return withoutContent(source, wide);
  const scan = new Scan(source.text);
  const refused = scan.unknown.length + scan.padded.length + scan.malformed.length > 0;
  const notText = refused ? binary(source.text) : undefined;
  if (notText !== undefined) return withoutContent(source, notText);
  const modules = modulesOf(scan.drafts);
  const mark = byteOrderMarkLength(source.text);
  return {
    source,
    ...(mark > 0 ? { byteOrderMark: span(0, mark) } : {}),
    settings: scan.drafts.map((draft) => finished(draft, modules)),
    unknown: scan.unknown,
    padded: scan.padded,
    malformed: scan.malformed,
    modules,
  };
}

function withoutContent(source: SourceDocument, notText: NotText): ConfDocument {
  return { source, notText, settings: [], unknown: [], padded: [], malformed: [], modules: modulesOf([]) };
}

function finished(draft: Draft, modules: Modules): Setting {
  const option = modules.legacyStore ? legacyReading(draft.option) : draft.option;
  const parsed = readValue(option.type, draft.text, modules.transports);
  const correction =
    parsed.kind === 'invalid' ? meantText(option.type, draft.text, modules.transports) : undefined;
  if (correction === undefined) return { ...draft, option, parsed, understood: parsed };
  const understood = readValue(option.type, correction, modules.transports);
  return { ...draft, option, parsed, correction, understood };
}

function legacyReading(option: Option): Option {
  return optionsNamed(option.name).find(({ module }) => module === 'legacystore.so') ?? option;
}

class Scan {
  readonly drafts: Draft[] = [];
  readonly unknown: UnknownKey[] = [];
  readonly padded: SettingLine[] = [];
  readonly malformed: Malformed[] = [];
  private readonly keys = new KeyReader();

  constructor(private readonly text: string) {
    let continued = false;
    for (const line of linesOf(text)) {
      if (line.kind === 'setting') this.setting(line);
      else if (line.kind === 'malformed') this.malformedLine(readMalformed(text, line, this.keys, continued));
      continued = line.kind === 'setting' && text[line.value.end - 1] === '\\' && line.comment === undefined;
    }
  }

  private setting(line: SettingLine): void {
    const name = this.text.slice(line.key.start, line.key.end);
    const reading = this.keys.read(name);
    const isPadded = line.field.start < line.key.start || line.key.end < line.field.end;
    if (isPadded) this.padded.push(line);
    if (reading.kind !== 'exact') this.unknown.push({ line, name, reading });
    if (!('option' in reading) || reading.option === undefined || reading.kind === 'elsewhere') return;
    const text = this.text.slice(line.value.start, line.value.end);
    this.drafts.push({ option: reading.option, line, key: line.key, value: line.value, text });
  }

  private malformedLine(malformed: Malformed): void {
    this.malformed.push(malformed);
    if (malformed.meant !== undefined) this.drafts.push({ ...malformed.meant, line: malformed.line });
  }
}

/** The first setting of an option, which is the one that counts. */
export function settingOf(document: ConfDocument, name: string): Setting | undefined {
  return document.settings.find(({ option }) => option.name === name);
}

/** All settings of an option, in file order. */
export function settingsOf(document: ConfDocument, name: string): readonly Setting[] {
  return document.settings.filter(({ option }) => option.name === name);
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
