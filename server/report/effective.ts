import {
  describeSource,
  describeValue,
  type Effective,
  type EffectiveSetting,
  type EffectiveValue,
} from '../qpidd-conf/effective';
import { mask, withoutSecrets } from './mask';
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
  const { set, defaults } = rowsOfAll(effective);
  const [heading = '', ...lines] = aligned([headings, ...set, ...defaults]);
  const remarks = [...refusals(effective).map(red), ...notesOn(effective).map(yellow)];
  const all = [
    bold(heading),
    ...lines.slice(0, set.length),
    ...lines.slice(set.length).map(dim),
    ...(remarks.length > 0 ? [''] : []),
    ...remarks,
  ];
  return `${all.join('\n')}\n`;
}

/** For a page beside the file: what is to be said first; what is set, as narrow as it can be; then the defaults. */
export function effectivePage(effective: Effective): string {
  const { set, defaults } = rowsOfAll(effective);
  const remarks = [...refusals(effective), ...notesOn(effective)];
  const parts = [remarks, aligned([headings, ...set]), aligned(defaults)].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function refusals({ problems }: Effective): readonly string[] {
  return problems.map((problem) => `The broker refuses to start: ${visible(problem)}`);
}

function notesOn({ notes }: Effective): readonly string[] {
  return notes.map((note) => `Note: ${visible(note)}`);
}

type Row = readonly string[];

function rowsOfAll({ settings }: Effective): {
  readonly set: readonly Row[];
  readonly defaults: readonly Row[];
} {
  const isSet = ({ values: [first] }: EffectiveSetting) =>
    first !== undefined && first.source.kind !== 'default';
  return {
    set: settings.filter(isSet).flatMap(rowsOf),
    defaults: settings.filter((setting) => !isSet(setting)).flatMap(rowsOf),
  };
}

function aligned(rows: readonly Row[]): readonly string[] {
  const widths = headings.map((_, column) =>
    Math.min(widest, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function rowsOf({ option, values, hidden }: EffectiveSetting): readonly Row[] {
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

/** Secrets are masked: those of options that hold one, and the logins of addresses. */
export function shownValue(option: EffectiveSetting['option'], value: EffectiveValue): string {
  const text = describeValue(value);
  if (text === '') return '(empty)';
  return option.secret === true ? mask : visible(withoutSecrets(text));
}
