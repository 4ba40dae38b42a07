import type { SourceDocument } from '../text/document';
import type { Fix } from '../text/finding';
import { nearest } from '../text/nearest';
import { type Span, span } from '../text/span';
import type { YamlKey } from './keys';
import type { YamlProblem } from './problem';
import {
  describeNode,
  literalStart,
  type MappingEntry,
  type MappingNode,
  type YamlNode,
  type YamlText,
} from './tree';

/** What formats differ in. */
export interface ReadOptions {
  /** A piece of the file as a message may quote it. */
  quote(written: string): string;
  /** True for a key that is the matter of a rule of its own. */
  isOther?(key: string): boolean;
}

/** Reads values of one type from the tree, and keeps what is wrong with them. */
export class Read {
  readonly problems: YamlProblem[] = [];

  constructor(
    private readonly source: SourceDocument,
    private readonly options: ReadOptions,
  ) {}

  report(at: Span, message: string, fix?: Fix): void {
    this.problems.push({ kind: 'schema', span: at, message, ...(fix && { fix }) });
  }

  /**
   * A mapping with no other keys than `keys`, and all that are required.
   *
   * @param add the cure for a missing key, where it is certain.
   */
  mapping(
    node: YamlNode,
    at: Span,
    what: string,
    keys: readonly YamlKey[],
    add?: (key: string, mapping: MappingNode) => Fix | undefined,
  ): MappingNode | undefined {
    if (node.kind !== 'mapping') {
      this.report(at, `${capital(what)} must be a mapping, not ${describeNode(node)}.`);
      return undefined;
    }
    const free = new Set(keys.map(({ key }) => key));
    for (const { key } of node.entries) free.delete(key);
    for (const entry of node.entries) this.knownKey(entry, what, keys, free);
    for (const { key, required, type } of keys) {
      if (!required || !free.has(key)) continue;
      const message = `"${key}" is missing: ${what} needs it (${plain(type)}).`;
      this.report(headOf(node, at), message, add?.(key, node));
    }
    return node;
  }

  /**
   * Reports a key that is not among `keys`.
   *
   * @param free keys that are not written yet; the one that a misspelt key stands for is taken from them.
   */
  private knownKey(entry: MappingEntry, what: string, keys: readonly YamlKey[], free: Set<string>): void {
    if (keys.some(({ key }) => key === entry.key) || this.options.isOther?.(entry.key)) return;
    const complaint = `${capital(what)} has no key "${this.options.quote(entry.key)}".`;
    const meant = nearest(entry.key, free);
    if (meant === undefined) {
      const known = keys.map(({ key }) => key).filter((key) => !key.startsWith('$'));
      this.report(entry.keySpan, `${complaint} It knows ${known.join(', ')}.`);
      return;
    }
    free.delete(meant);
    this.report(entry.keySpan, `${complaint} Did you mean "${meant}"?`, this.replaceKey(entry, meant));
  }

  private replaceKey(entry: MappingEntry, key: string): Fix | undefined {
    const start = literalStart(this.source.text, entry.keySpan, entry.key);
    if (start === undefined) return undefined;
    const edit = { uri: this.source.uri, span: span(start, start + entry.key.length), newText: key };
    return { title: `Change "${this.options.quote(entry.key)}" to "${key}"`, edits: [edit] };
  }

  /** A text of at least one character. */
  text(entry: MappingEntry | undefined): YamlText | undefined {
    return entry && this.textNode(entry.value, `"${entry.key}"`, entry.keySpan);
  }

  /** @param keySpan where to report a value that is not there at all. */
  textNode(node: YamlNode, what: string, keySpan: Span): YamlText | undefined {
    const at = isEmpty(node.span) ? keySpan : node.span;
    if (node.kind !== 'scalar' || node.value === null) {
      this.report(at, `${what} must be text, not ${describeNode(node)}.`);
      return undefined;
    }
    if (typeof node.value !== 'string') {
      const fix = this.replaceValue(node, `Quote the ${typeof node.value}`, (written) =>
        JSON.stringify(written),
      );
      this.report(at, `${what} must be text, not ${describeNode(node)}: quote it.`, fix);
      return undefined;
    }
    if (node.value === '') {
      this.report(at, `${what} is empty.`);
      return undefined;
    }
    return { value: node.value, span: node.span, literalStart: node.literalStart };
  }

  /** One of the words of `key`, or its fallback where it is missing or wrong. */
  choice<Value extends string, Fallback extends Value | undefined>(
    entry: MappingEntry | undefined,
    values: readonly Value[],
    fallback: Fallback,
  ): Value | Fallback {
    if (entry === undefined) return fallback;
    const { value: node, key, keySpan } = entry;
    const chosen = node.kind === 'scalar' ? values.find((value) => value === node.value) : undefined;
    if (chosen !== undefined) return chosen;
    const at = isEmpty(node.span) ? keySpan : node.span;
    const meant = node.kind === 'scalar' ? nearest(String(node.value), values) : undefined;
    const fix =
      meant === undefined
        ? undefined
        : this.replaceValue(node, `Write "${meant}"`, (written) => inQuotesOf(written, meant));
    this.report(
      at,
      `"${this.options.quote(key)}" must be ${values.map((value) => `"${value}"`).join(' or ')}.`,
      fix,
    );
    return fallback;
  }

  /** No cure for an alias, which stands for a value elsewhere, nor for what has a tag or an anchor. */
  private replaceValue(node: YamlNode, title: string, newText: (written: string) => string): Fix | undefined {
    const written = this.source.text.slice(node.span.start, node.span.end);
    if (written === '' || /^[*&!]/.test(written)) return undefined;
    return { title, edits: [{ uri: this.source.uri, span: node.span, newText: newText(written) }] };
  }
}

function inQuotesOf(written: string, word: string): string {
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return quote + word + quote;
}

export function isEmpty(at: Span): boolean {
  return at.start === at.end;
}

/** What to underline for a whole mapping: its first key, for a squiggle under a page of text helps nobody. */
function headOf(node: MappingNode, fallback: Span): Span {
  return node.entries[0]?.keySpan ?? fallback;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
