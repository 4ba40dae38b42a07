import { type BrokerUrl, parseBrokerUrl } from '../../address/broker-url';
import type { ValueType } from '../catalogue';
import { basicRegexProblem } from './basic-regex';
import { parseBoolean } from './boolean';
import { parseDuration } from './duration';
import { matchEnum } from './enumeration';
import { parseInteger } from './integer';
import { type LogRule, parseLogRule } from './log-rule';
import { isNoUrl } from './url';

/** A value as the broker understands it. */
export type Value =
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `wrapped`: a negative number for an unsigned type, turned into a large one. */
  | { readonly kind: 'integer'; readonly value: number; readonly wrapped: boolean }
  | { readonly kind: 'duration'; readonly seconds: number }
  /** `known` is false for words that are accepted and have no effect. */
  | { readonly kind: 'enum'; readonly value: string; readonly known: boolean }
  /** No URL where the text is empty or `none`. */
  | { readonly kind: 'url'; readonly url?: BrokerUrl }
  | { readonly kind: 'log-rule'; readonly rule?: LogRule }
  | { readonly kind: 'text'; readonly value: string }
  | InvalidValue;

/** The broker refuses the value, when it looks at it. `offset` and `reason` tell the place where known. */
export interface InvalidValue {
  readonly kind: 'invalid';
  readonly offset?: number;
  readonly reason?: string;
}

const invalid: InvalidValue = { kind: 'invalid' };

/** @param transports tags that may stand in a URL, of all transports that this broker has. */
export function readValue(type: ValueType, text: string, transports: ReadonlySet<string>): Value {
  switch (type.kind) {
    case 'boolean':
    case 'switch': {
      const value = parseBoolean(text);
      return value === undefined ? invalid : { kind: 'boolean', value };
    }
    case 'integer': {
      const result = parseInteger(text, type);
      return result.ok
        ? { kind: 'integer', value: result.value, wrapped: result.wrapped }
        : { kind: 'invalid', reason: result.reason };
    }
    case 'duration': {
      const result = parseDuration(text);
      return result.ok ? { kind: 'duration', seconds: result.seconds } : invalid;
    }
    case 'enum': {
      const value = matchEnum(type, text);
      if (value !== undefined) return { kind: 'enum', value, known: true };
      return type.open === true ? { kind: 'enum', value: text, known: false } : invalid;
    }
    case 'url': {
      if (isNoUrl(text)) return { kind: 'url' };
      const result = parseBrokerUrl(text, transports);
      return result.ok ? { kind: 'url', url: result.url } : { ...result, kind: 'invalid' };
    }
    case 'log-rule': {
      const rule = parseLogRule(text);
      if (rule === undefined) return { kind: 'log-rule' };
      return rule.levelKnown ? { kind: 'log-rule', rule } : invalid;
    }
    case 'pattern': {
      const problem = basicRegexProblem(text);
      return problem === undefined ? { kind: 'text', value: text } : { ...problem, kind: 'invalid' };
    }
    case 'string':
    case 'path':
      return { kind: 'text', value: text };
  }
}
