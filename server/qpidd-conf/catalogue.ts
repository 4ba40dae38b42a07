import data from './catalogue.json';
import type { Release } from './release';

/**
 * Every option of qpidd 1.40, of its modules and of the client library, and every name that older releases,
 * or books, gave to options that no longer exist. The data stands in `catalogue.json`.
 */

/** How the broker reads the text of a value. `min` and `max` are limits whose violation is fatal. */
export type ValueType =
  | { readonly kind: 'boolean' }
  /** As a boolean in a file; takes no value on the command line (`boost bool_switch`). */
  | { readonly kind: 'switch' }
  | IntegerType
  | { readonly kind: 'duration' }
  | EnumType
  | { readonly kind: 'url' }
  | { readonly kind: 'string' }
  | { readonly kind: 'path'; readonly of: 'file' | 'directory' | 'module' }
  | { readonly kind: 'log-rule' }
  /** A POSIX basic regular expression (sys/regex.h). */
  | { readonly kind: 'pattern' };

export interface IntegerType {
  readonly kind: 'integer';
  readonly bits: 16 | 32 | 64;
  readonly signed: boolean;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly values: readonly string[];
  readonly ignoreCase?: boolean;
  /** May stand before every value: `LOG_`. */
  readonly prefix?: string;
  /** Other words are accepted without a message, and have no effect. */
  readonly open?: boolean;
}

/** What adds an option to the broker: parts that are always there, or a module that must be loaded. */
export type ModuleName = BuiltInModule | LoadableModule;
export type BuiltInModule = 'qpidd' | 'libqpidcommon' | 'libqpidbroker' | 'acl' | 'ssl';
export type LoadableModule =
  | 'ha.so'
  | 'amqp.so'
  | 'linearstore.so'
  | 'legacystore.so'
  | 'windows-ssl'
  | 'store'
  | 'msclfs_store'
  | 'libqpidclient';

export interface Option {
  readonly name: string;
  /** One letter, for the command line only. */
  readonly short?: string;
  readonly module: ModuleName;
  /** `client`: belongs into `qpidc.conf`; the broker refuses it. */
  readonly scope: 'broker' | 'client';
  readonly platform: 'all' | 'posix' | 'windows';
  /** Of one value; see `repeatable`. */
  readonly type: ValueType;
  /** `value` could stand in a file; `text` says in words what happens without one. */
  readonly default: { readonly value: string } | { readonly text: string };
  /** May be set several times, one value a line; every other option only once. */
  readonly repeatable?: boolean;
  readonly env: string;
  /** First release that has it. */
  readonly since?: Release;
  readonly deprecated?: string;
  /** `ignored`: accepted in a file and without effect there. `command`: makes every start run that command and exit. */
  readonly inFile?: 'ignored' | 'command';
  readonly secret?: boolean;
  readonly summary: string;
  /** Where the broker defines it, `file:line`. */
  readonly source: string;
  readonly notes: readonly string[];
}

export interface RemovedOption {
  readonly name: string;
  /** ISO date of the commit that removed it. */
  readonly removed?: string;
  /** The first and the last release that had it; neither where it came and went between two releases, or before 0.4. */
  readonly since?: Release;
  readonly until?: Release;
  /** Said instead of a date about names that never worked. */
  readonly never?: string;
  /** The name of an option, or words. */
  readonly replacement?: string;
  /**
   * What surely keeps the meaning: `rename` to the replacement; `negate`: rename and invert the boolean;
   * `remove` the line, since nothing is left that it could tune.
   */
  readonly cure?: 'rename' | 'negate' | 'remove';
}

export const options = data.options as readonly Option[];
export const removedOptions = data.removed as readonly RemovedOption[];

/** Where several modules define one name, the others can only be meant when they are loaded by name. */
function precedence(option: Option): number {
  if (option.scope === 'client') return 3;
  if (option.platform === 'windows') return 2;
  return option.module === 'linearstore.so' || !isStore(option.module) ? 0 : 1;
}

function isStore(module: ModuleName): boolean {
  return module === 'legacystore.so' || module === 'msclfs_store' || module === 'store';
}

const byName = new Map<string, readonly Option[]>();
for (const option of options) byName.set(option.name, [...(byName.get(option.name) ?? []), option]);
for (const [name, several] of byName) {
  byName.set(
    name,
    [...several].sort((a, b) => precedence(a) - precedence(b)),
  );
}

const removedByName = new Map(removedOptions.map((removed) => [removed.name, removed]));

/** The option as a Linux broker with linearstore reads it, else as any other broker or client does. */
export function findOption(name: string): Option | undefined {
  return byName.get(name)?.[0];
}

/** All options of this name, the most likely first. */
export function optionsNamed(name: string): readonly Option[] {
  return byName.get(name) ?? [];
}

export function findRemovedOption(name: string): RemovedOption | undefined {
  return removedByName.get(name);
}

/** True for an option that a Linux broker has when its module is loaded. */
export function isBrokerOption(option: Option): boolean {
  return option.scope === 'broker' && option.platform !== 'windows' && precedence(option) <= 1;
}

/** The options a Linux broker can have, one for each name. */
export const brokerOptions: readonly Option[] = [...byName.values()].flatMap(([first]) =>
  first !== undefined && isBrokerOption(first) ? [first] : [],
);
