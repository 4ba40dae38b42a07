import { allRules } from './all-rules';
import { findingPageUrl } from './finding-page';

const documented: ReadonlyMap<string, string | undefined> = new Map(
  allRules.map(({ id }) => [id, findingPageUrl(id)]),
);

/** The page that explains a rule. Undefined for a name that is none. */
export function rulePageUrl(rule: string): string | undefined {
  return documented.get(rule);
}
