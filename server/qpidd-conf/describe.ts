import type { EnumType, IntegerType, ModuleName, Option } from './catalogue';
import { limits } from './values/integer';

/** Options in words, for hovers, proposals and messages. */

/** `integer, 0 to 65535`; no full stop. */
export function describeType(option: Option): string {
  const type = describeOne(option);
  return option.repeatable === true ? `${type}; one a line, several lines` : type;
}

function describeOne({ type }: Option): string {
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return 'boolean: yes or no';
    case 'integer':
      return `integer, ${describeRange(type)}${type.unit === undefined ? '' : `, in ${unitNames[type.unit] ?? type.unit}`}`;
    case 'duration':
      return 'duration: seconds, or a number with s, ms, us or ns';
    case 'enum':
      return describeEnum(type);
    case 'url':
      return 'broker URL, or none';
    case 'string':
      return 'text';
    case 'path':
      return type.of === 'directory' ? 'directory' : type.of === 'module' ? 'full path of a module' : 'file';
    case 'log-rule':
      return 'logging rule: LEVEL[+|-][:PATTERN]';
    case 'pattern':
      return 'POSIX basic regular expression';
  }
}

const unitNames: Readonly<Record<string, string>> = { s: 'seconds', ms: 'milliseconds' };

function describeEnum({ values, prefix }: EnumType): string {
  return `one of ${values.join(', ')}${prefix === undefined ? '' : `, also with ${prefix} before it`}`;
}

/** `0 to 65535`: what the broker accepts, fatal limits at start-up included. */
export function describeRange(type: IntegerType): string {
  const { min, max } = limits(type);
  return `${allDigits(type.min ?? min)} to ${allDigits(type.max ?? max)}`;
}

/** Beyond 2^53 a number would be written with zeros for its last digits. */
function allDigits(bound: number | bigint): string {
  return BigInt(bound).toString();
}

/** The default in words or as it could stand in a file. */
export function describeDefault(option: Option): string {
  if ('text' in option.default) return option.default.text;
  return option.default.value === '' ? 'empty' : option.default.value;
}

/** One line beside a name: `yes or no · default no`. */
export function describeBriefly(option: Option): string {
  const standard = 'text' in option.default ? firstWords(option.default.text) : describeDefault(option);
  return `${kindOf(option)} · default ${standard}`;
}

function kindOf({ type }: Option): string {
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return 'yes or no';
    case 'enum':
      return `one of ${type.values.length} words`;
    case 'path':
      return type.of;
    case 'url':
      return 'URL';
    case 'string':
      return 'text';
    case 'log-rule':
      return 'logging rule';
    case 'integer':
    case 'duration':
    case 'pattern':
      return type.kind;
  }
}

/** `none` of `none: everything is allowed`. */
function firstWords(text: string): string {
  return /^[^:;,(]*/.exec(text)?.[0].trimEnd() || text;
}

/** Where an option comes from. */
export function describeModule(module: ModuleName): string {
  switch (module) {
    case 'qpidd':
    case 'libqpidcommon':
    case 'libqpidbroker':
      return 'broker';
    case 'acl':
      return 'broker (ACL)';
    case 'ssl':
      return 'broker (SSL)';
    case 'ha.so':
    case 'amqp.so':
    case 'linearstore.so':
    case 'legacystore.so':
      return `module ${module}`;
    case 'windows-ssl':
      return 'Windows broker (SSL)';
    case 'store':
    case 'msclfs_store':
      return `Windows module ${module}`;
    case 'libqpidclient':
      return 'client library';
  }
}

/** Anything up to an `@` that has a `:` or `/` in it: a URL may stand at any option by mistake. */
const login = /[^\s"',@:/]{0,200}[:/][^\s"',@]{0,500}@/g;

/** A piece of the file inside a message, on one line, never long, and without what may be a login. */
export function quoted(text: string): string {
  const visible = text.replace(/[\0-\x1f\x7f-\x9f]/g, '\ufffd').replace(login, '…@');
  const mark = visible.includes('"') ? "'" : '"';
  return `${mark}${visible.length > 60 ? `${visible.slice(0, 57)}…` : visible}${mark}`;
}
