import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import type { YamlProblem } from './problem';
import {
  literalStart,
  type MappingEntry,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type YamlNode,
} from './tree';

/** Nodes that all aliases of a file may stand for together: an alias bomb exceeds it at once. */
export const maximumAliasedNodes = 100_000;

/** Turns the YAML library's nodes into ours. Its depth is bounded by `compose`. */
export class TreeReader {
  readonly problems: YamlProblem[] = [];
  /** The first alias that stands for nothing: its anchor is missing, or still open around it. */
  unresolved: Span | undefined;
  /** The alias at which the budget was spent. */
  overflow: Span | undefined;
  private readonly anchors = new Map<string, { node: YamlNode; size: number }>();
  private aliased = 0;
  /** Nodes made so far, those behind aliases counted each time. */
  private size = 0;

  constructor(private readonly source: SourceDocument) {}

  root(document: Document.Parsed): YamlNode | undefined {
    return document.contents === null ? undefined : this.node(document.contents, 0);
  }

  report(at: Span, message: string, first?: Span): void {
    const related = first && [{ uri: this.source.uri, span: first, message: 'The first one is here.' }];
    this.problems.push({ kind: 'syntax', span: at, message, ...(related && { related }) });
  }

  /** @param fallback where a node without a place of its own belongs. */
  private node(node: Node | null | undefined, fallback: number): YamlNode {
    const before = this.size;
    this.size += 1;
    if (isAlias(node)) return this.alias(node.source, this.spanOf(node, fallback));
    const made = this.content(node, fallback);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.anchors.set(anchor, { node: made, size: this.size - before });
    return made;
  }

  private content(node: Node | null | undefined, fallback: number): YamlNode {
    const at = this.spanOf(node, fallback);
    if (isMap(node)) return this.mapping(node, at);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node | null, at.start));
      return { kind: 'sequence', items, span: at } satisfies SequenceNode;
    }
    return this.scalar(isScalar(node) ? node : undefined, at);
  }

  private alias(name: string, at: Span): YamlNode {
    const target = this.anchors.get(name);
    if (target === undefined) {
      this.unresolved ??= at;
      return nothing(at);
    }
    this.size += target.size;
    this.aliased += target.size;
    if (this.aliased <= maximumAliasedNodes) return { ...target.node, span: at, ...noLiteral(target.node) };
    this.overflow ??= at;
    return nothing(at);
  }

  private scalar(node: Scalar | undefined, at: Span): ScalarNode {
    const value = plainValue(node?.value);
    const start = typeof value === 'string' ? literalStart(this.source.text, at, value) : undefined;
    return { kind: 'scalar', value, span: at, literalStart: start };
  }

  private mapping(node: YAMLMap, at: Span): MappingNode {
    const entries = new Map<string, MappingEntry>();
    const merged: YamlNode[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const entry = this.entry(pair, at.start);
      if (entry === undefined) continue;
      const first = entries.get(entry.key);
      if (this.isMerge(entry)) merged.push(entry.value);
      else if (first === undefined) entries.set(entry.key, entry);
      else
        this.report(
          entry.keySpan,
          'This key is written twice in one mapping: the second is not read.',
          first.keySpan,
        );
    }
    for (const value of merged) this.merge(value, entries);
    return { kind: 'mapping', entries: [...entries.values()], flow: node.flow === true, span: at };
  }

  /** In quotes it is a key like any other. */
  private isMerge({ key, keySpan, value }: MappingEntry): boolean {
    return key === '<<' && keySpan.end - keySpan.start === key.length && value.kind !== 'scalar';
  }

  /** `<<` adds the entries of a mapping, or of several, that are not there yet (YAML merge key, 2005). */
  private merge(value: YamlNode, entries: Map<string, MappingEntry>): void {
    for (const part of value.kind === 'sequence' ? value.items : [value]) {
      if (part.kind !== 'mapping') {
        this.report(part.span, 'Only mappings can be merged with "<<".');
        continue;
      }
      this.size += part.entries.length;
      this.aliased += part.entries.length;
      if (this.aliased > maximumAliasedNodes) this.overflow ??= part.span;
      if (this.overflow !== undefined) return;
      for (const entry of part.entries) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }

  private entry(pair: Pair<Node | null, Node | null>, fallback: number): MappingEntry | undefined {
    const keySpan = this.spanOf(pair.key, fallback);
    const key = this.keyText(pair.key, keySpan);
    const value = this.node(pair.value, keySpan.end);
    if (key === undefined) {
      this.report(keySpan, 'A key must be text.');
      return undefined;
    }
    return { key, keySpan, value, span: span(keySpan.start, Math.max(keySpan.end, value.span.end)) };
  }

  /** A key that YAML reads as a number or a boolean is the text that is written: `5: …` is the key `5`. */
  private keyText(key: Node | null, at: Span): string | undefined {
    if (!isScalar(key)) return undefined;
    if (key.anchor !== undefined) this.anchors.set(key.anchor, { node: this.scalar(key, at), size: 1 });
    if (typeof key.value === 'string') return key.value;
    return key.value === null ? undefined : this.source.text.slice(at.start, at.end);
  }

  /** The library counts the blank lines after a block into it. */
  private spanOf(node: Node | null | undefined, fallback: number): Span {
    const { text } = this.source;
    const [first, last] = node?.range ?? [fallback, fallback];
    const start = Math.min(first, text.length);
    let end = Math.min(last, text.length);
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    return span(start, Math.max(start, end));
  }
}

function nothing(at: Span): ScalarNode {
  return { kind: 'scalar', value: null, span: at, literalStart: undefined };
}

/** A text behind an alias is not spelled where the alias stands. */
function noLiteral(node: YamlNode): { literalStart?: undefined } {
  return node.kind === 'scalar' ? { literalStart: undefined } : {};
}

function plainValue(value: unknown): ScalarNode['value'] {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}
