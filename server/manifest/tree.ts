import type { Span } from '../text/span';

/**
 * A manifest as written, YAML or JSON alike, with aliases and merge keys resolved.
 *
 * What an alias stands for appears under the alias's own span; what lies inside it keeps the place where it
 * is written.
 */
export type ManifestNode = ScalarNode | MappingNode | SequenceNode;

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
  readonly value: ManifestNode;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly ManifestNode[];
  readonly span: Span;
}

export function entryOf(node: ManifestNode | undefined, key: string): MappingEntry | undefined {
  return node?.kind === 'mapping' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** Where a text begins in its span, in quotes or not; `undefined` where it is not spelled there letter for letter. */
export function literalStart(source: string, { start, end }: Span, text: string): number | undefined {
  const written = source.slice(start, end);
  if (written === text) return start;
  return /^["']/.test(written) && written.slice(1, -1) === text ? start + 1 : undefined;
}

/** What a node is, for a sentence: `a list`. */
export function describeNode(node: ManifestNode): string {
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
