import type { SemanticToken, TokenType } from '../text/features';
import { type Span, touches } from '../text/span';
import type { ValueType } from './catalogue';
import type { ConfDocument, Setting, UnknownKey } from './model';
import type { Modules } from './modules';
import type { Release } from './release';
import { existsIn, isDeprecatedIn } from './release-history';

/**
 * Names and values by what the broker makes of them, in file order. What the grammar shows as well without knowing
 * any option (comments, `=`) is left to it.
 */
export function semanticTokens(document: ConfDocument, within: Span): readonly SemanticToken[] {
  const { settings, unknown, modules, release } = document;
  const tokens: SemanticToken[] = [];
  const add = (line: Span, token: SemanticToken) => {
    if (token.span.start < token.span.end && meets(line, within)) tokens.push(token);
  };
  let next = 0;
  /** Unknown names on lines before this offset. */
  const addUnknown = (before: number) => {
    for (let name = unknown[next]; name && name.line.span.start < before; name = unknown[next]) {
      add(name.line.span, keyToken(name, modules));
      next += 1;
    }
  };
  for (const setting of settings) {
    const line = setting.line.span;
    addUnknown(line.start);
    const isUnknown = unknown[next]?.line.span.start === line.start;
    if (isUnknown) addUnknown(line.start + 1);
    else add(line, optionToken(setting, modules, release));
    add(line, valueToken(setting));
  }
  addUnknown(document.source.text.length + 1);
  return tokens;
}

function meets(one: Span, other: Span): boolean {
  return touches(one, other.start) || touches(other, one.start);
}

/** A module of which nothing is known may bring any option, but none that the broker itself has given up. */
function keyToken({ line, reading }: UnknownKey, { foreign }: Modules): SemanticToken {
  if (reading.kind === 'removed') return { span: line.key, type: 'invalid', deprecated: true };
  return { span: line.key, type: foreign && reading.kind === 'unknown' ? 'property' : 'invalid' };
}

function optionToken(
  { option, key }: Setting,
  modules: Modules,
  release: Release | undefined,
): SemanticToken {
  const known = modules.absence(option.module) === undefined && existsIn(option, release);
  const type = known ? 'property' : 'invalid';
  return { span: key, type, ...(isDeprecatedIn(option, release) && { deprecated: true }) };
}

function valueToken({ option, value, parsed }: Setting): SemanticToken {
  return { span: value, type: parsed.kind === 'invalid' ? 'invalid' : valueTypes[option.type.kind] };
}

const valueTypes: Readonly<Record<ValueType['kind'], TokenType>> = {
  boolean: 'keyword',
  switch: 'keyword',
  integer: 'number',
  duration: 'number',
  enum: 'enumMember',
  url: 'string',
  string: 'string',
  path: 'string',
  'log-rule': 'enumMember',
  pattern: 'regexp',
};
