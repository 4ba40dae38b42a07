import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeSource,
  describeValue,
  type Effective,
  type EffectiveSetting,
  type EffectiveValue,
  effectiveSettings,
} from '../qpidd-conf/effective';
import { parseConf } from '../qpidd-conf/model';
import { readEnvironmentFile } from '../qpidd-conf/sources/environment-file';
import { argumentsOf, isServiceUnit, readServiceUnit } from '../qpidd-conf/sources/systemd-unit';
import { secretsInLine } from '../report/mask';
import { visible } from '../report/visible';
import { documentFromBytes } from '../text/document';
import { span } from '../text/span';
import { exitCode, UsageError } from './exit-code';
import type { Terminal } from './terminal';

export interface EffectiveOptions {
  /** EnvironmentFiles and systemd units, in order; `-` is the environment of this process. */
  readonly env: readonly string[];
  readonly json: boolean;
}

/**
 * `qpidha effective FILE [--env FILE]… [-- ARGS…]`: what a broker would really run with, and where each value comes
 * from. Exits 1 where it would not start. Throws `UsageError`.
 */
export function effectiveCommand(
  file: string,
  args: readonly string[],
  options: EffectiveOptions,
  terminal: Terminal,
): number {
  const path = resolve(terminal.cwd, file);
  const document = parseConf(documentFromBytes(pathToFileURL(path).href, readBytes(path, file)));
  const surroundings = readSurroundings(options.env, terminal);
  const effective = effectiveSettings({
    document,
    environment: surroundings.environment,
    args: args.length > 0 ? args : surroundings.args,
  });
  terminal.out(options.json ? effectiveJson(file, effective) : effectiveTable(effective, terminal));
  return effective.problems.length > 0 ? exitCode.findings : exitCode.ok;
}

interface Surroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly args: readonly string[];
}

/** What later sources say goes before what earlier ones say, as with the files of a unit. */
function readSurroundings(files: readonly string[], terminal: Terminal): Surroundings {
  const environment = new Map<string, string>();
  let args: readonly string[] = [];
  const add = (variables: Iterable<readonly [string, string | undefined]>) => {
    for (const [name, value] of variables) if (value !== undefined) environment.set(name, value);
  };
  for (const file of files) {
    if (file === '-') {
      add(Object.entries(terminal.environment));
      continue;
    }
    const text = readText(file, terminal);
    if (!isServiceUnit(text)) {
      add(readEnvironmentFile(text));
      continue;
    }
    const unit = readServiceUnit(text);
    add(unit.environment);
    for (const { path, optional } of unit.environmentFiles) {
      const content = readUnitFile(path, optional, file, terminal);
      if (content !== undefined) add(readEnvironmentFile(content));
    }
    for (const name of unit.unset) environment.delete(name);
    if (unit.command.length > 0) args = argumentsOf(unit, environment);
  }
  return { environment, args };
}

/** A file that a unit of another machine names need not be here: that is said, and no reason to stop. */
function readUnitFile(path: string, optional: boolean, unit: string, terminal: Terminal): string | undefined {
  try {
    return readText(path, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const end = optional ? 'which the unit allows' : 'without which the unit does not start';
    terminal.say(
      `qpidha effective: ${visible(unit)} names ${visible(path)}, which cannot be read, ${end}.\n`,
    );
    return undefined;
  }
}

function readText(file: string, { cwd }: Terminal): string {
  return Buffer.from(readBytes(resolve(cwd, file), file)).toString('utf8');
}

function readBytes(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${visible(file)} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

const headings = ['OPTION', 'VALUE', 'FROM', 'INSTEAD OF'] as const;

/** What is set by a source first, then the defaults. */
function effectiveTable({ settings, problems, notes }: Effective, { outColors }: Terminal): string {
  const isSet = ({ values: [first] }: EffectiveSetting) =>
    first !== undefined && first.source.kind !== 'default';
  const set = settings.filter(isSet).flatMap(rowsOf);
  const defaults = settings.filter((setting) => !isSet(setting)).flatMap(rowsOf);
  const rows = [headings, ...set, ...defaults];
  const widths = headings.map((_, column) =>
    Math.min(50, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  const print = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = [
    outColors.bold(print(headings)),
    ...set.map(print),
    ...defaults.map((row) => outColors.dim(print(row))),
    ...(problems.length + notes.length > 0 ? [''] : []),
    ...problems.map((problem) => outColors.red(`The broker refuses to start: ${visible(problem)}`)),
    ...notes.map((note) => outColors.yellow(`Note: ${visible(note)}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function rowsOf({ option, values, hidden }: EffectiveSetting): readonly (readonly string[])[] {
  if (values.length === 0) return [[option.name, `(${defaultInWords(option)})`, 'default', '']];
  const instead = hidden.map((one) => `${shown(option, one)} (${describeSource(one.source)})`).join(', ');
  return values.map((one, index) => [
    index === 0 ? option.name : '',
    shown(option, one),
    describeSource(one.source),
    index === 0 ? instead : '',
  ]);
}

function defaultInWords({ default: value }: EffectiveSetting['option']): string {
  return 'text' in value ? value.text : value.value;
}

const mask = '••••••';

/** Secrets are masked: those of options that hold one, and the logins of addresses. */
function shown(option: EffectiveSetting['option'], value: EffectiveValue): string {
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

function effectiveJson(file: string, { settings, problems, notes }: Effective): string {
  const document = {
    file,
    starts: problems.length === 0,
    settings: settings.map(({ option, values, hidden }) => ({
      option: option.name,
      module: option.module,
      ...(values.length === 0 ? { default: defaultInWords(option) } : {}),
      values: values.map((value) => ({ value: shown(option, value), from: value.source })),
      insteadOf: hidden.map((value) => ({ value: shown(option, value), from: value.source })),
    })),
    problems,
    notes,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
