import type { SemanticToken, TokenType } from '../text/features';
import { type Span, touches } from '../text/span';
import type { ValueType } from './catalogue';
import type { ConfDocument, Setting, UnknownKey } from './model';
import type { Modules } from './modules';

/**
 * Names and values by what the broker makes of them, in file order. What the grammar shows as well without knowing
 * any option (comments, `=`) is left to it.
 */
export function semanticTokens(
  { settings, unknown, modules }: ConfDocument,
  within: Span,
): readonly SemanticToken[] {
  const lines = new Map<number, readonly SemanticToken[]>();
  for (const setting of settings) {
    if (meets(setting.line.span, within)) lines.set(setting.line.span.start, tokensOf(setting, modules));
  }
  for (const { line, reading } of unknown) {
    if (!meets(line.span, within)) continue;
    const values = (lines.get(line.span.start) ?? []).filter(({ span }) => span !== line.key);
    lines.set(line.span.start, [keyToken(line.key, reading.kind, modules), ...values]);
  }
  const ordered = [...lines].sort(([one], [other]) => one - other).flatMap(([, tokens]) => tokens);
  return ordered.filter(({ span }) => span.start < span.end);
}

function meets(one: Span, other: Span): boolean {
  return touches(one, other.start) || touches(other, one.start);
}

/** A module of which nothing is known may bring any option, but none that the broker itself has given up. */
function keyToken(key: Span, kind: UnknownKey['reading']['kind'], { foreign }: Modules): SemanticToken {
  if (kind === 'removed') return { span: key, type: 'invalid', deprecated: true };
  return { span: key, type: foreign && kind === 'unknown' ? 'property' : 'invalid' };
}

function tokensOf({ option, key, value, parsed }: Setting, modules: Modules): readonly SemanticToken[] {
  const absent = modules.absence(option.module) !== undefined;
  return [
    {
      span: key,
      type: absent ? 'invalid' : 'property',
      ...(option.deprecated === undefined ? {} : { deprecated: true }),
    },
    { span: value, type: parsed.kind === 'invalid' ? 'invalid' : valueTypes[option.type.kind] },
  ];
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
