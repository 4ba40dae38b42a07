import type { Choice } from '../yaml/keys';
import { levelChoices } from './keys';
import type { KnownRules, RuleSummary } from './known-rules';

/** Rules of an area that a description lists. */
const shown = 30;

export function describeRule({ id, title, severity }: RuleSummary, page: string | undefined): string {
  const lines = [`**${id}** (${severity} unless configured)`, `${title}.`];
  if (page !== undefined) lines.push(`[About this rule](${page})`);
  return lines.join('\n\n');
}

export function describeArea(area: string, known: KnownRules): string {
  const rules = known.inArea(area);
  const lines = rules.slice(0, shown).map(({ id, title }) => `- \`${id}\`: ${title}`);
  if (rules.length > shown) lines.push(`- and ${rules.length - shown} more`);
  return [`**${area}**: all ${rules.length} rules of this area`, lines.join('\n')].join('\n\n');
}

export function levelChoice(value: unknown): Choice | undefined {
  return levelChoices.find((choice) => choice.value === value);
}
