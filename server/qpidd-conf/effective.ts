import { brokerOptions, type Option } from './catalogue';
import type { ConfDocument, Setting } from './model';
import { type Modules, modulesOf } from './modules';
import { readCommandLine } from './sources/command-line';
import { isBoolean, readEnvironment } from './sources/environment';
import type { Given, Reading, Source } from './sources/given';
import { readValue, type Value } from './values/value';

/**
 * What a broker would really run with: for each option the value of the strongest source that has one. The command
 * line beats the environment, which beats the file, which beats the default (Options.cpp parse). A list is replaced
 * as a whole, and what is hidden by a stronger source is not even looked at.
 */
export interface Effective {
  /** All options of this broker, in the order of the catalogue; those set by any source, and the defaults. */
  readonly settings: readonly EffectiveSetting[];
  /** Why the broker would not start, as far as the sources tell; in the order of their strength. */
  readonly problems: readonly string[];
  /** What is easily misunderstood, and of which the broker says nothing. */
  readonly notes: readonly string[];
}

export interface EffectiveSetting {
  readonly option: Option;
  /** More than one for lists only. Empty where the default is no fixed text. */
  readonly values: readonly EffectiveValue[];
  /** What weaker sources say in vain. */
  readonly hidden: readonly EffectiveValue[];
}

export interface EffectiveValue {
  readonly text: string;
  /** `invalid` where the broker refuses the text. */
  readonly value: Value;
  readonly source: Source;
}

export interface Sources {
  readonly document: ConfDocument;
  readonly environment: ReadonlyMap<string, string>;
  /** The words after the name of the program. */
  readonly args: readonly string[];
}

export function effectiveSettings(sources: Sources): Effective {
  // Which options there are depends on the modules, and which modules on the options.
  const modules = modulesOf(winners(read(sources, brokerOptions).given));
  const known = brokerOptions.filter(({ module }) => modules.absence(module) === undefined);
  const { given, problems, notes } = read(sources, known);
  const settings = known.map((option) =>
    effectiveSetting(
      option,
      given.filter((one) => one.option.name === option.name),
      modules,
    ),
  );
  return {
    settings,
    problems: [
      ...problems,
      ...refusedLines(sources.document, known),
      ...settings.filter((setting) => !isUnread(setting, settings)).flatMap(refusedValues),
      ...settings.flatMap(refusedByLogger),
    ],
    notes: [...notes, ...settings.flatMap(notesOn)],
  };
}

/** All that the sources give, the strongest source first. */
function read({ document, environment, args }: Sources, known: readonly Option[]): Reading {
  const line = readCommandLine(args, known);
  const variables = readEnvironment(environment, known);
  return {
    given: [...line.given, ...variables.given, ...fileSettings(document, known)],
    problems: [...line.problems, ...variables.problems],
    notes: [...line.notes, ...variables.notes],
  };
}

/** Only lines that the broker reads: the name of an option it has, in the first column, right before `=`. */
function fileSettings({ source, settings }: ConfDocument, known: readonly Option[]): readonly Given[] {
  const names = new Set(known.map(({ name }) => name));
  return settings.flatMap((setting) => {
    const { option, text, line } = setting;
    return isRead(setting, source.text) && names.has(option.name)
      ? [{ option, text, source: { kind: 'file' as const, line: lineOf(source, line.span.start) } }]
      : [];
  });
}

function isRead({ line, option }: Setting, text: string): boolean {
  return line.kind === 'setting' && text.slice(line.field.start, line.field.end) === option.name;
}

function lineOf({ lines }: ConfDocument['source'], offset: number): number {
  return lines.positionAt(offset).line + 1;
}

/** For each option what its strongest source says. */
function winners(given: readonly Given[]): readonly Given[] {
  const strongest = new Map<string, Source['kind']>();
  for (const { option, source } of given)
    if (!strongest.has(option.name)) strongest.set(option.name, source.kind);
  return given.filter(({ option, source }) => strongest.get(option.name) === source.kind);
}

function effectiveSetting(option: Option, given: readonly Given[], modules: Modules): EffectiveSetting {
  const winning = winners(given);
  const effectiveValue = ({ text, source }: Given): EffectiveValue => ({
    text,
    value: readValue(option.type, text, modules.transports),
    source,
  });
  return {
    option,
    values: winning.length > 0 ? winning.map(effectiveValue) : defaultOf(option, modules),
    hidden: given.filter((one) => !winning.includes(one)).map(effectiveValue),
  };
}

function defaultOf(option: Option, { transports }: Modules): readonly EffectiveValue[] {
  if (!('value' in option.default)) return [];
  const text = option.default.value;
  return [{ text, value: readValue(option.type, text, transports), source: { kind: 'default' } }];
}

/** Lines that stop the start whatever the other sources say. */
function refusedLines(document: ConfDocument, known: readonly Option[]): readonly string[] {
  const { source, unknown, padded, malformed, settings, notText, byteOrderMark } = document;
  if (notText !== undefined) return ['The file is no text that the broker could read.'];
  if (source.text === '') return ['The file is empty, which is refused when --config names it.'];
  const names = new Set(known.map(({ name }) => name));
  const absent = settings.filter(
    (setting) => isRead(setting, source.text) && !names.has(setting.option.name),
  );
  const refused = [
    ...[...unknown, ...malformed, ...absent].map(({ line }) => line),
    ...padded,
    ...(byteOrderMark === undefined ? [] : [{ span: byteOrderMark }]),
  ].map(({ span }) => lineOf(source, span.start));
  return [...new Set(refused)]
    .sort((a, b) => a - b)
    .map((line) => `Line ${line} is refused, whatever the other sources say.`);
}

/** The URLs of the HA module are read with `ha-cluster=yes` only (HaBroker.cpp initialize); measured. */
function isUnread({ option, values }: EffectiveSetting, settings: readonly EffectiveSetting[]): boolean {
  if (option.type.kind !== 'url' || !option.name.startsWith('ha-') || values.length > 1) return false;
  const [mode] = settings.find((setting) => setting.option.name === 'ha-cluster')?.values ?? [];
  return mode?.value.kind !== 'boolean' || !mode.value.value;
}

function refusedValues({ option, values }: EffectiveSetting): readonly string[] {
  const [first, second] = values;
  if (first === undefined || first.source.kind === 'default') return [];
  const problems = values
    .filter(({ value }) => value.kind === 'invalid' || isOutside(option, value))
    .map(({ source }) => `The value of ${option.name} is refused (${describeSource(source)}).`);
  if (second !== undefined && option.repeatable !== true)
    problems.push(
      `${option.name} is set more than once (${values.map(({ source }) => describeSource(source)).join(', ')}).`,
    );
  return problems;
}

/**
 * The logger reads its options from the environment by itself, before there is a command line that could hide them
 * (Logger.cpp Logger); measured.
 */
export function refusedByLogger({ option, hidden }: EffectiveSetting): readonly string[] {
  if (!/^(?:log-|syslog-|trace$)/.test(option.name)) return [];
  return hidden
    .filter(({ value, source }) => value.kind === 'invalid' && source.kind === 'environment')
    .map(({ source }) => `The value of ${option.name} is refused (${describeSource(source)}).`);
}

/** Accepted with the rest, and refused at start-up. */
function isOutside({ type }: Option, value: Value): boolean {
  if (type.kind !== 'integer' || value.kind !== 'integer') return false;
  return value.value < (type.min ?? value.value) || value.value > (type.max ?? value.value);
}

function notesOn({ option, values, hidden }: EffectiveSetting): readonly string[] {
  const [first] = values;
  const notes: string[] = [];
  if (first === undefined || first.source.kind === 'default') return notes;
  if (option.name === 'config' && first.source.kind === 'file')
    notes.push('config in a file is accepted and not followed.');
  if (option.repeatable === true && hidden.length > 0)
    notes.push(
      `${option.name} is a list: ${describeSource(first.source)} replaces it as a whole, ${hidden.map(({ source }) => describeSource(source)).join(', ')} included.`,
    );
  if (isBoolean(option) && first.text === '' && first.source.kind === 'file')
    notes.push(`${option.name} is empty in line ${first.source.line}, which means yes.`);
  return notes;
}

export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'default':
      return 'default';
    case 'file':
      return `line ${source.line}`;
    case 'environment':
      return source.variable;
    case 'command-line':
      return source.argument;
  }
}

/** The value as the broker understands it; what has no fixed default is told in words. */
export function describeValue({ text, value }: EffectiveValue): string {
  switch (value.kind) {
    case 'boolean':
      return value.value ? 'yes' : 'no';
    case 'integer':
      return value.wrapped ? `${value.value} (written ${text})` : String(value.value);
    case 'invalid':
      return `${text} (refused)`;
    default:
      return text;
  }
}
