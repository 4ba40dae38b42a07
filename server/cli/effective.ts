import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Effective, effectiveSettings } from '../qpidd-conf/effective';
import { parseConf } from '../qpidd-conf/model';
import { readEnvironmentFile } from '../qpidd-conf/sources/environment-file';
import { argumentsOf, isServiceUnit, readServiceUnit } from '../qpidd-conf/sources/systemd-unit';
import { defaultInWords, effectiveTable, shownValue } from '../report/effective';
import { visible } from '../report/visible';
import { documentFromBytes } from '../text/document';
import { exitCode, UsageError } from './exit-code';
import type { Terminal } from './terminal';
import { readFaultOf } from './write-fault';

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
  terminal.out(options.json ? effectiveJson(file, effective) : effectiveTable(effective, terminal.outColors));
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
    throw new UsageError(`${visible(file)} cannot be read: ${readFaultOf(error)}.`);
  }
}

function effectiveJson(file: string, { settings, problems, notes }: Effective): string {
  const document = {
    file,
    starts: problems.length === 0,
    settings: settings.map(({ option, values, hidden }) => ({
      option: option.name,
      module: option.module,
      ...(values.length === 0 ? { default: defaultInWords(option) } : {}),
      values: values.map((value) => ({ value: shownValue(option, value), from: value.source })),
      insteadOf: hidden.map((value) => ({ value: shownValue(option, value), from: value.source })),
    })),
    problems,
    notes,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
