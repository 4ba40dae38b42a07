import type { Option } from './catalogue';
import { describeDefault, describeModule, describeType } from './describe';
import { firstRelease, isDeprecatedIn } from './release-history';
import { notesOf } from './value-notes';

/** What there is to know of an option, in words and by itself: for programs. */
export interface OptionFacts {
  readonly name: string;
  /** In words, with its range. */
  readonly type: string;
  /** As it could stand in a file, or in words. */
  readonly default: string;
  readonly definedBy: string;
  /** The first release that has it. */
  readonly since?: string;
  readonly deprecated?: string;
  readonly environment: string;
  readonly summary: string;
  /** What the words mean that may stand there. */
  readonly values?: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly source: string;
}

export function optionFacts(option: Option): OptionFacts {
  const { name, env, summary, notes, source, deprecated } = option;
  const since = firstRelease(name) ?? option.since;
  const values = Object.fromEntries(notesOf(option));
  return {
    name,
    type: describeType(option),
    default: describeDefault(option),
    definedBy: describeModule(option.module),
    ...(since !== undefined && { since }),
    ...(deprecated !== undefined && isDeprecatedIn(option, undefined) && { deprecated }),
    environment: env,
    summary,
    ...(Object.keys(values).length > 0 && { values }),
    notes,
    source,
  };
}
