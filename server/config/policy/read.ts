import type { Option } from '../../qpidd-conf/catalogue';
import type { SourceDocument } from '../../text/document';
import type { Severity } from '../../text/finding';
import type { Span } from '../../text/span';
import type { YamlProblem } from '../../yaml/problem';
import type { Read } from '../../yaml/read';
import {
  describeNode,
  entryOf,
  literalStart,
  type MappingEntry,
  type MappingNode,
  type YamlNode,
  type YamlText,
} from '../../yaml/tree';
import type { Fault } from './fault';
import { anyValue, forbidKeys, limitKeys, policyKeys, policyLevels } from './keys';
import { measureOf } from './limits';
import { noLimits, type PolicyEntry, type PolicyKind, type PolicyTable, type ValueLimits } from './model';
import { OptionNames } from './option-name';
import { excludeEachOther, ValueReader } from './read-values';

/** Makes a policy of a tree, and keeps what is wrong with it. */
export class PolicyReader {
  /** What is well formed, and cannot be meant. What is not well formed is told to `read`. */
  readonly faults: YamlProblem[] = [];
  private readonly names: OptionNames;

  constructor(
    private readonly source: SourceDocument,
    private readonly read: Read,
  ) {
    this.names = new OptionNames(source.uri);
  }

  /** As much of a policy as is right. */
  policy(entry: MappingEntry | undefined): PolicyTable {
    if (entry === undefined || isNothing(entry.value)) return [];
    const mapping = this.read.mapping(entry.value, entry.keySpan, 'a policy', policyKeys);
    const required = this.expectations(entryOf(mapping, 'require'), 'require');
    const allowed = this.expectations(entryOf(mapping, 'allow'), 'allow');
    const forbidden = this.forbidden(entryOf(mapping, 'forbid'));
    return this.consistent(required, allowed, forbidden);
  }

  private complain(fault: Fault): void {
    this.faults.push({ kind: 'meaning', ...fault });
  }

  private expectations(entry: MappingEntry | undefined, kind: 'require' | 'allow'): readonly PolicyEntry[] {
    if (entry === undefined || isNothing(entry.value)) return [];
    if (entry.value.kind !== 'mapping') {
      this.read.report(
        entry.keySpan,
        `"${kind}" must be a mapping from options, not ${describeNode(entry.value)}.`,
      );
      return [];
    }
    return entry.value.entries.flatMap((expectation) => this.expectation(expectation, kind));
  }

  private expectation(entry: MappingEntry, kind: 'require' | 'allow'): readonly PolicyEntry[] {
    const { key, keySpan, value: node } = entry;
    const name = { value: key, span: keySpan, literalStart: literalStart(this.source.text, keySpan, key) };
    const option = this.option(name, kind);
    if (option === undefined) return [];
    const { mapping, limits } = this.limits(node, keySpan, option);
    return limits === undefined ? [] : [{ kind, option, name, limits, ...this.remarks(mapping) }];
  }

  private limits(
    node: YamlNode,
    keySpan: Span,
    option: Option,
  ): { readonly mapping?: MappingNode; readonly limits: ValueLimits | undefined } {
    if (node.kind === 'scalar' && node.value === anyValue) return { limits: noLimits };
    const reader = new ValueReader(this.source, this.read, option, (fault) => this.complain(fault));
    if (node.kind !== 'mapping') {
      const values = reader.values(node, keySpan);
      return { limits: values && { ...noLimits, values } };
    }
    const what = `the mapping of "${option.name}"`;
    const mapping = this.read.mapping(node, keySpan, what, limitKeys[measureOf(option.type)]);
    return mapping === undefined ? { limits: undefined } : { mapping, limits: reader.limits(mapping) };
  }

  private forbidden(entry: MappingEntry | undefined): readonly PolicyEntry[] {
    if (entry === undefined || isNothing(entry.value)) return [];
    if (entry.value.kind !== 'sequence') {
      this.read.report(
        entry.keySpan,
        `"forbid" must be a list of options, not ${describeNode(entry.value)}.`,
      );
      return [];
    }
    return entry.value.items.flatMap((item) => {
      const mapping =
        item.kind === 'mapping'
          ? this.read.mapping(item, item.span, 'an entry of "forbid"', forbidKeys)
          : undefined;
      const name =
        item.kind === 'mapping'
          ? this.read.text(entryOf(mapping, 'option'))
          : this.read.textNode(item, 'An entry of "forbid"', entry.keySpan);
      const option = name && this.option(name, 'forbid');
      if (name === undefined || option === undefined) return [];
      return [{ kind: 'forbid' as const, option, name, limits: noLimits, ...this.remarks(mapping) }];
    });
  }

  private option(name: YamlText, kind: PolicyKind): Option | undefined {
    const option = this.names.read(name);
    if (!('type' in option)) {
      this.complain(option);
      return undefined;
    }
    if (kind === 'forbid' || option.inFile === undefined) return option;
    const message = `In a qpidd.conf "${option.name}" is of no use: it is for the command line.`;
    this.complain({ span: name.span, message });
    return undefined;
  }

  private remarks(mapping: MappingNode | undefined): Pick<PolicyEntry, 'uri' | 'because' | 'level'> {
    const because = this.read.text(entryOf(mapping, 'because'));
    const level: Severity | undefined = this.read.choice(entryOf(mapping, 'level'), policyLevels, undefined);
    return { uri: this.source.uri, because: because && asReason(because.value), level };
  }

  /** Without what contradicts what is written before it. */
  private consistent(
    required: readonly PolicyEntry[],
    allowed: readonly PolicyEntry[],
    forbidden: readonly PolicyEntry[],
  ): PolicyTable {
    const before = new Map(required.map((entry) => [entry.option.name, entry]));
    const possible = allowed.filter((entry) => {
      const other = before.get(entry.option.name);
      if (other === undefined || !excludeEachOther(other.limits, entry.limits)) return true;
      this.contradiction(entry, other, `No value of "${entry.option.name}" is both required and allowed.`);
      return false;
    });
    for (const entry of possible) if (!before.has(entry.option.name)) before.set(entry.option.name, entry);
    const consistent = forbidden.filter((entry) => {
      const { name } = entry.option;
      const other = before.get(name);
      if (other === undefined) {
        before.set(name, entry);
        return true;
      }
      this.contradiction(entry, other, contradictions[other.kind](name));
      return false;
    });
    return [...required, ...possible, ...consistent];
  }

  private contradiction({ name, uri }: PolicyEntry, other: PolicyEntry, message: string): void {
    const related = [{ uri, span: other.name.span, message: 'The other entry is here.' }];
    this.complain({ span: name.span, message, related });
  }
}

/** What stands against forbidding an option. */
const contradictions: Readonly<Record<PolicyKind, (option: string) => string>> = {
  require: (option) => `"${option}" is required and forbidden: remove one of the two.`,
  allow: (option) => `"${option}" is allowed and forbidden: remove one of the two.`,
  forbid: (option) => `"${option}" is forbidden twice: remove one of the two.`,
};

/** On one line, to stand behind a colon, and without what may be a login. */
function asReason(text: string): string | undefined {
  const line = text
    .replace(/[\s\0-\x1f\x7f-\x9f]+/g, ' ')
    .replace(/:\/\/[^\s/@]*@/g, '://…@')
    .trim()
    .replace(/\.+$/, '');
  if (line.length <= longestReason) return line === '' ? undefined : line;
  return `${line.slice(0, longestReason - 1)}…`;
}

/** Characters of a reason that a message shows. */
const longestReason = 300;

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
