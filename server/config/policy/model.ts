import type { Option } from '../../qpidd-conf/catalogue';
import type { Value } from '../../qpidd-conf/values/value';
import type { DocumentUri } from '../../text/document';
import type { Severity } from '../../text/finding';
import type { Span } from '../../text/span';
import type { YamlText } from '../../yaml/tree';

/**
 * require: a file sets the option, to such a value. allow: where it sets the option, it is to such a value. forbid: it
 * does not set it.
 */
export type PolicyKind = 'require' | 'allow' | 'forbid';

/** What a policy says of one option. */
export interface PolicyEntry {
  readonly kind: PolicyKind;
  readonly option: Option;
  /** The configuration in which it stands, and where its name stands there. */
  readonly uri: DocumentUri;
  readonly name: YamlText;
  readonly limits: ValueLimits;
  /** Why, in the words of whoever wrote it, as a message may quote it. */
  readonly because: string | undefined;
  /** How grave it is; undefined where nothing is said of that. */
  readonly level: Severity | undefined;
}

/** What a value has to be: all of these. Where nothing is said any value will do. */
export interface ValueLimits {
  /** One of them. */
  readonly values: readonly PolicyValue[];
  /** Like one of them: `*` stands for any text, `?` for one character. */
  readonly patterns: readonly string[];
  readonly min: PolicyValue | undefined;
  readonly max: PolicyValue | undefined;
}

/** A value as it could stand in a qpidd.conf. */
export interface PolicyValue {
  readonly text: string;
  /** As the broker understands it. */
  readonly value: Value;
  readonly span: Span;
}

export const noLimits: ValueLimits = { values: [], patterns: [], min: undefined, max: undefined };

/** The entries of one policy, each option and kind once. */
export type PolicyTable = readonly PolicyEntry[];

/**
 * What holds where several policies do: of each option all that the strongest says that mentions it, and nothing of what
 * weaker ones say.
 *
 * @param tables the weakest first.
 */
export function strongest(tables: readonly PolicyTable[]): PolicyTable {
  const filled = tables.filter(({ length }) => length > 0);
  const [only = []] = filled;
  if (filled.length <= 1) return only;
  const byOption = new Map<string, PolicyEntry[]>();
  for (const table of filled) {
    for (const { option } of table) byOption.set(option.name, []);
    for (const entry of table) byOption.get(entry.option.name)?.push(entry);
  }
  return [...byOption.values()].flat();
}
