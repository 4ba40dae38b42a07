import {
  describeSource,
  describeValue,
  type Effective,
  type EffectiveSetting,
  type EffectiveValue,
} from '../qpidd-conf/effective';
import { span } from '../text/span';
import { secretsInLine } from './mask';
import type { ReportColors } from './text';
import { visible } from './visible';

const headings = ['OPTION', 'VALUE', 'FROM', 'INSTEAD OF'] as const;

/** Columns are as wide as what stands in them, up to this; what is longer moves the rest of its own line. */
const widest = 50;

/** For a terminal: what is set by a source first, then the defaults, and at last what is to be said of them. */
export function effectiveTable(
  effective: Effective,
  { bold, dim, red, yellow }: Pick<ReportColors, 'bold' | 'dim' | 'red' | 'yellow'>,
): string {
  const { heading, set, defaults } = tableOf(effective);
  const remarks = [...refusals(effective).map(red), ...notesOn(effective).map(yellow)];
  const lines = [
    bold(heading),
    ...set,
    ...defaults.map(dim),
    ...(remarks.length > 0 ? [''] : []),
    ...remarks,
  ];
  return `${lines.join('\n')}\n`;
}

/** For a page of its own: what is to be said first, then the table, the defaults apart from what is set. */
export function effectivePage(effective: Effective): string {
  const { heading, set, defaults } = tableOf(effective);
  const remarks = [...refusals(effective), ...notesOn(effective)];
  const parts = [remarks, [heading, ...set], defaults].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function refusals({ problems }: Effective): readonly string[] {
  return problems.map((problem) => `The broker refuses to start: ${visible(problem)}`);
}

function notesOn({ notes }: Effective): readonly string[] {
  return notes.map((note) => `Note: ${visible(note)}`);
}

interface Table {
  readonly heading: string;
  readonly set: readonly string[];
  readonly defaults: readonly string[];
}

function tableOf({ settings }: Effective): Table {
  const isSet = ({ values: [first] }: EffectiveSetting) =>
    first !== undefined && first.source.kind !== 'default';
  const set = settings.filter(isSet).flatMap(rowsOf);
  const defaults = settings.filter((setting) => !isSet(setting)).flatMap(rowsOf);
  const rows = [headings, ...set, ...defaults];
  const widths = headings.map((_, column) =>
    Math.min(widest, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  const print = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return { heading: print(headings), set: set.map(print), defaults: defaults.map(print) };
}

function rowsOf({ option, values, hidden }: EffectiveSetting): readonly (readonly string[])[] {
  if (values.length === 0) return [[option.name, `(${defaultInWords(option)})`, 'default', '']];
  const instead = hidden
    .map((one) => `${shownValue(option, one)} (${describeSource(one.source)})`)
    .join(', ');
  return values.map((one, index) => [
    index === 0 ? option.name : '',
    shownValue(option, one),
    describeSource(one.source),
    index === 0 ? instead : '',
  ]);
}

export function defaultInWords({ default: value }: EffectiveSetting['option']): string {
  return 'text' in value ? value.text : value.value;
}

const mask = '••••••';

/** Secrets are masked: those of options that hold one, and the logins of addresses. */
export function shownValue(option: EffectiveSetting['option'], value: EffectiveValue): string {
  const text = describeValue(value);
  if (text === '') return '(empty)';
  return option.secret === true ? mask : visible(masked(text));
}

function masked(text: string): string {
  return secretsInLine(text, span(0, text.length)).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + mask + rest.slice(end),
    text,
  );
}
