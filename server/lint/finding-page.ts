import { repository } from '../../package.json';

const pages = `${repository.url.replace(/\.git$/, '')}/blob/main/docs/rules`;

/**
 * The page that explains what was found. Undefined for what is said without a rule, such as `file/not-read`. Loads no
 * rules: a report of a run that is known from before needs none.
 */
export function findingPageUrl(rule: string): string | undefined {
  return rule.startsWith('file/') ? undefined : `${pages}/${rule}.md`;
}
