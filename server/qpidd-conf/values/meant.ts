import { parseBrokerUrl } from '../../address/broker-url';
import type { IntegerType, ValueType } from '../catalogue';
import { meantBoolean, parseBoolean } from './boolean';
import { meantDuration, parseDuration } from './duration';
import { matchEnum, meantEnum } from './enumeration';
import { meantInteger, parseInteger } from './integer';
import { meantUrl } from './url';

/** The inside of a quoted text. The broker knows no quotes: they are part of the value. */
export function withoutQuotes(text: string): string | undefined {
  const match = /^(["'])(.*)\1$/s.exec(text);
  return match?.[2]?.trim();
}

/** What stands in for a text that the broker refuses, where only one thing can be meant: `==5` is `=5`. */
export function meantText(
  type: ValueType,
  text: string,
  transports: ReadonlySet<string>,
): string | undefined {
  const single = text.replace(/^=[ \t]*/, '');
  const inner = withoutQuotes(single) ?? single;
  if (inner === '') return undefined;
  switch (type.kind) {
    case 'boolean':
    case 'switch': {
      const value = parseBoolean(inner) ?? meantBoolean(inner);
      return value === undefined ? undefined : value ? 'yes' : 'no';
    }
    case 'integer':
      return [inner, meantInteger(inner, type.unit)].find((candidate) => isWithin(type, candidate));
    case 'duration':
      return parseDuration(inner).ok ? inner : meantDuration(inner);
    case 'enum':
      return matchEnum(type, inner) ?? meantEnum(type, inner);
    case 'url':
      return parseBrokerUrl(inner, transports).ok ? inner : meantUrl(inner, transports);
    case 'log-rule':
    case 'pattern':
    case 'string':
    case 'path':
      return undefined;
  }
}

/** Within the limits that are checked at start-up too. */
function isWithin(type: IntegerType, candidate: string | undefined): boolean {
  if (candidate === undefined) return false;
  const result = parseInteger(candidate, type);
  if (!result.ok || result.wrapped) return false;
  return result.value >= (type.min ?? result.value) && result.value <= (type.max ?? result.value);
}
