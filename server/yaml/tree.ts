import { type Span, span } from '../text/span';

/**
 * A file as written, YAML or JSON alike, with aliases and merge keys resolved.
 *
 * What an alias stands for appears under the alias's own span; what lies inside it keeps the place where it
 * is written.
 */
export type YamlNode = ScalarNode | MappingNode | SequenceNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** As YAML 1.2 resolves it; `null` for a missing value as well. */
  readonly value: string | number | boolean | null;
  readonly span: Span;
  /** Offset of the first character of a text, where the file spells the text literally: no escape, no folding. */
  readonly literalStart: number | undefined;
}

export interface MappingNode {
  readonly kind: 'mapping';
  /** Without repetitions: the first of equal keys. */
  readonly entries: readonly MappingEntry[];
  /** Written with braces, as in JSON. */
  readonly flow: boolean;
  readonly span: Span;
}

export interface MappingEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

/** A text of at least one character that a file gives as a value or a key. */
export interface YamlText {
  readonly value: string;
  readonly span: Span;
  /** Offset of the first character, where the file spells the text literally: no escape, no folding, no alias. */
  readonly literalStart: number | undefined;
}

/** Offsets within a text's value as a span of the file; the whole text where it is not spelled literally. */
export function spanWithin(text: YamlText, start: number, end: number): Span {
  const { literalStart } = text;
  return literalStart === undefined ? text.span : span(literalStart + start, literalStart + end);
}

export function entryOf(node: YamlNode | undefined, key: string): MappingEntry | undefined {
  return node?.kind === 'mapping' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** Where a text begins in its span, in quotes or not; `undefined` where it is not spelled there letter for letter. */
export function literalStart(source: string, { start, end }: Span, text: string): number | undefined {
  const written = source.slice(start, end);
  if (written === text) return start;
  return /^["']/.test(written) && written.slice(1, -1) === text ? start + 1 : undefined;
}

/** What a node is, for a sentence: `a list`. */
export function describeNode(node: YamlNode): string {
  switch (node.kind) {
    case 'mapping':
      return 'a mapping';
    case 'sequence':
      return 'a list';
    case 'scalar':
      return describeScalar(node.value);
  }
}

function describeScalar(value: ScalarNode['value']): string {
  if (value === null) return 'nothing';
  switch (typeof value) {
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    default:
      return 'text';
  }
}
