import { repository } from '../../package.json';
import { allRules } from './all-rules';

const pages = `${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules`;

const documented: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));

/** The page that explains a rule. Undefined for what is said without a rule, such as `file/not-read`. */
export function rulePageUrl(rule: string): string | undefined {
  return documented.has(rule) ? `${pages}/${rule}.md` : undefined;
}
