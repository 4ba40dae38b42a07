import { quotable } from '../config/quotable';
import type { SourceDocument } from '../text/document';
import { nearest } from '../text/nearest';
import { type Span, span } from '../text/span';
import type { YamlProblem } from '../yaml/problem';
import { isEmpty, Read } from '../yaml/read';
import { describeNode, literalStart, type MappingEntry, type YamlNode, type YamlText } from '../yaml/tree';
import type { KnownNames } from './known-names';
import type { OptionValues } from './model';

/** Reads lists, names and values, which are the same at all places of a file of tests. */
export class ValueReader {
  protected readonly read: Read;

  constructor(protected readonly source: SourceDocument) {
    this.read = new Read(source, { quote: quotable });
  }

  get problems(): readonly YamlProblem[] {
    return this.read.problems;
  }

  protected isNothing(node: YamlNode): boolean {
    return node.kind === 'scalar' && node.value === null;
  }

  /** The part of a node on the line where it starts. */
  protected headOf({ span: { start, end } }: YamlNode): Span {
    const lineEnd = this.source.text.slice(start, end).search(/[\r\n]/);
    return span(start, lineEnd < 0 ? end : start + lineEnd);
  }

  protected nameOf({ key, keySpan }: MappingEntry): YamlText {
    return { value: key, span: keySpan, literalStart: literalStart(this.source.text, keySpan, key) };
  }

  /** A mapping whose entries are all commented out is an empty one. */
  protected entries(entry: MappingEntry | undefined): readonly MappingEntry[] {
    if (entry === undefined || this.isNothing(entry.value)) return [];
    if (entry.value.kind === 'mapping') return entry.value.entries;
    this.read.report(
      entry.keySpan,
      `"${quotable(entry.key)}" must be a mapping, not ${describeNode(entry.value)}.`,
    );
    return [];
  }

  protected list(entry: MappingEntry | undefined): readonly YamlNode[] {
    if (entry === undefined) return [];
    if (entry.value.kind === 'sequence') return entry.value.items;
    this.read.report(
      entry.keySpan,
      `"${quotable(entry.key)}" must be a list, not ${describeNode(entry.value)}.`,
    );
    return [];
  }

  /** A list of texts; of names that are known, where there are such. */
  protected texts(entry: MappingEntry | undefined, what: string, known?: KnownNames): readonly YamlText[] {
    return this.list(entry).flatMap((item) => {
      const text = this.read.textNode(item, what, entry?.keySpan ?? item.span);
      return text !== undefined && (known === undefined || this.isKnown(text, known)) ? [text] : [];
    });
  }

  protected isKnown({ value, span }: YamlText, { what, has, names }: KnownNames): boolean {
    if (has(value)) return true;
    const meant = nearest(value, names);
    const hint = meant === undefined ? '.' : `: did you mean "${meant}"?`;
    this.read.report(span, `${what} "${quotable(value)}"${hint}`);
    return false;
  }

  protected options(entry: MappingEntry | undefined, known: KnownNames): readonly OptionValues[] {
    return this.entries(entry).flatMap((option) => {
      const name = this.nameOf(option);
      const values = this.values(option);
      if (!this.isKnown(name, known) || values === undefined) return [];
      return [{ option: name, values, span: isEmpty(option.value.span) ? name.span : option.value.span }];
    });
  }

  private values(entry: MappingEntry): readonly string[] | undefined {
    if (entry.value.kind !== 'sequence') {
      const value = this.oneValue(entry);
      return value === undefined ? undefined : [value];
    }
    const values = entry.value.items.map((item) => this.valueOf(item, entry.keySpan));
    return values.every((value) => value !== undefined) ? values : undefined;
  }

  /** The words of a command line. */
  protected words(entry: MappingEntry | undefined): readonly string[] {
    return this.list(entry).flatMap((item) => this.valueOf(item, entry?.keySpan ?? item.span) ?? []);
  }

  protected oneValue(entry: MappingEntry): string | undefined {
    return this.valueOf(entry.value, entry.keySpan);
  }

  /** A number and a boolean are taken as they are spelled: as a number 1.40 would be 1.4. */
  private valueOf(node: YamlNode, keySpan: Span): string | undefined {
    const at = isEmpty(node.span) ? keySpan : node.span;
    if (node.kind !== 'scalar') {
      this.read.report(at, `A value is text, not ${describeNode(node)}.`);
      return undefined;
    }
    if (node.value === null) {
      this.read.report(at, 'The value is missing: "" stands for an empty one.');
      return undefined;
    }
    const text = typeof node.value === 'string' ? node.value : this.spelled(node.span, node.value);
    if (!/[\r\n\0]/.test(text)) return text;
    this.read.report(at, 'A value is on one line.');
    return undefined;
  }

  private spelled({ start, end }: Span, value: number | boolean): string {
    const written = this.source.text.slice(start, end);
    return /^[\w.+-]+$/.test(written) ? written : String(value);
  }
}
