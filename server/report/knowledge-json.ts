import type { RuleLine, RulePage } from '../lint/rule-page';
import type { RemovedOption } from '../qpidd-conf/catalogue';
import type { OptionFacts } from '../qpidd-conf/option-facts';

/** The version of the format below. It is raised when something is removed or changes its meaning. */
const formatVersion = 1;

export interface Knowledge {
  readonly rules: readonly (RuleLine | RulePage)[];
  readonly options?: readonly OptionFacts[];
  /** Options that are gone. */
  readonly removed?: readonly RemovedOption[];
}

/** What the linter knows, for programs: `docs/schemas/rules.schema.json`. With a final newline. */
export function knowledgeJson({ rules, options = [], removed = [] }: Knowledge): string {
  const output = {
    version: formatVersion,
    rules,
    ...(options.length > 0 && { options }),
    ...(removed.length > 0 && {
      removedOptions: removed.map(({ name, removed: date, since, until, never, replacement }) => ({
        name,
        removed: date,
        since,
        until,
        never,
        replacement,
      })),
    }),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}
