import { distributionTransports } from '../../address/broker-url';
import type { Option } from '../../qpidd-conf/catalogue';
import { describeType } from '../../qpidd-conf/describe';
import { readValue, type Value } from '../../qpidd-conf/values/value';
import type { SourceDocument } from '../../text/document';
import type { Span } from '../../text/span';
import type { YamlKey } from '../../yaml/keys';
import { isEmpty, type Read } from '../../yaml/read';
import { describeNode, entryOf, type MappingEntry, type MappingNode, type YamlNode } from '../../yaml/tree';
import { quotable } from '../quotable';
import type { Fault } from './fault';
import { limitKeys } from './keys';
import { amountOf, fits, measureOf } from './limits';
import type { PolicyValue, ValueLimits } from './model';

/** Reads the values that a policy gives to one option, and keeps what is wrong with them. */
export class ValueReader {
  constructor(
    private readonly source: SourceDocument,
    private readonly read: Read,
    private readonly option: Option,
    private readonly complain: (fault: Fault) => void,
  ) {}

  /** One value, or a list of them; undefined where none of them will do. */
  values(node: YamlNode, keySpan: Span): readonly PolicyValue[] | undefined {
    const items = node.kind === 'sequence' ? node.items : [node];
    if (items.length === 0)
      this.read.report(keySpan, `The list of values of "${this.option.name}" is empty.`);
    const values = items.flatMap((item) => this.value(item, keySpan) ?? []);
    return values.length === 0 ? undefined : values;
  }

  /** What a mapping says of them; undefined where that is wrong. */
  limits(mapping: MappingNode): ValueLimits | undefined {
    const known: readonly YamlKey[] = limitKeys[measureOf(this.option.type)];
    const entry = (key: string) => (known.some((one) => one.key === key) ? entryOf(mapping, key) : undefined);
    const [values, match] = [entry('values'), entry('match')];
    const [min, max] = [this.bound(entry('min')), this.bound(entry('max'))];
    const read = {
      values: values === undefined ? [] : this.values(values.value, values.keySpan),
      patterns: match === undefined ? [] : this.patterns(match),
    };
    if (read.values === undefined || read.patterns === undefined) return undefined;
    const limits = { values: [], patterns: read.patterns, min, max };
    if (min !== undefined && max !== undefined && amountOf(min.value) > amountOf(max.value)) {
      this.complain({ span: min.span, message: `No value is at least ${min.text} and at most ${max.text}.` });
      return undefined;
    }
    const possible = read.values.filter((value) => {
      if (fits(limits, value.value, value.text)) return true;
      this.complain({ span: value.span, message: 'The limits beside it exclude this value.' });
      return false;
    });
    return read.values.length > 0 && possible.length === 0 ? undefined : { ...limits, values: possible };
  }

  private bound(entry: MappingEntry | undefined): PolicyValue | undefined {
    const bound = entry && this.value(entry.value, entry.keySpan);
    if (bound === undefined) return undefined;
    const isNegative = bound.value.kind === 'integer' && bound.value.wrapped;
    if (!isNegative && !Number.isNaN(amountOf(bound.value))) return bound;
    const why = isNegative ? 'is never negative' : 'is compared with a number';
    this.complain({ span: bound.span, message: `"${this.option.name}" ${why}: this is no limit of it.` });
    return undefined;
  }

  private patterns({ value: node, keySpan }: MappingEntry): readonly string[] | undefined {
    const items = node.kind === 'sequence' ? node.items : [node];
    if (items.length === 0) this.read.report(keySpan, '"match" is an empty list.');
    const texts = items.flatMap((item) => this.read.textNode(item, '"match"', keySpan)?.value ?? []);
    return texts.length === 0 ? undefined : texts;
  }

  private value(node: YamlNode, keySpan: Span): PolicyValue | undefined {
    const at = isEmpty(node.span) ? keySpan : node.span;
    if (node.kind !== 'scalar' || node.value === null) {
      const { name } = this.option;
      this.read.report(
        at,
        `A value of "${name}" must be text, a number or a boolean, not ${describeNode(node)}.`,
      );
      return undefined;
    }
    const text = this.textOf(node.value, node.span);
    const value = readValue(this.option.type, text, distributionTransports);
    const message = this.faultOf(text, value);
    if (message === undefined) return { text, value, span: at };
    this.complain({ span: at, message });
    return undefined;
  }

  /** Numbers and booleans as they are written: behind an alias that stands elsewhere. */
  private textOf(value: string | number | boolean, { start, end }: Span): string {
    const written = this.source.text.slice(start, end);
    return typeof value === 'string' || !/^[\w.+-]+$/.test(written) ? String(value) : written;
  }

  private faultOf(text: string, value: Value): string | undefined {
    const { name, secret, type } = this.option;
    if (secret === true) return `A configuration never holds a password: of "${name}" it can only say "any".`;
    if (type.kind === 'url' && text.includes('@')) return 'A configuration never holds a login: remove it.';
    if (/^\s|\s$|[\r\n\0#]/.test(text))
      return `No line of a qpidd.conf gives "${name}" this value: it is on one line, has no "#", and no blanks at its ends.`;
    const refused =
      value.kind === 'invalid' || (value.kind === 'enum' && !value.known) || !this.isWithin(value);
    return refused
      ? `"${name}" cannot be "${quotable(text)}": it is ${describeType(this.option)}.`
      : undefined;
  }

  /** Limits whose violation is fatal. */
  private isWithin(value: Value): boolean {
    const { type } = this.option;
    if (type.kind !== 'integer' || value.kind !== 'integer') return true;
    return value.value >= (type.min ?? value.value) && value.value <= (type.max ?? value.value);
  }
}

/** True where no value satisfies both. */
export function excludeEachOther(one: ValueLimits, other: ValueLimits): boolean {
  for (const [listed, limits] of [
    [one, other],
    [other, one],
  ] as const) {
    if (listed.values.length > 0) return !listed.values.some(({ value, text }) => fits(limits, value, text));
  }
  const amounts = (bound: 'min' | 'max') =>
    [one, other].flatMap((limits) => (limits[bound] === undefined ? [] : [amountOf(limits[bound].value)]));
  return Math.max(...amounts('min')) > Math.min(...amounts('max'));
}
