import type * as Sarif from 'sarif';
import { allRules, type RuleDescription } from '../lint/all-rules';
import { rulePageUrl } from '../lint/rule-page-url';
import type { Severity } from '../text/finding';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

export function levelOf(severity: Severity): (typeof levels)[Severity] {
  return levels[severity];
}

/** How GitHub orders rules of equal level. */
const problemSeverities = { error: 'error', warning: 'warning', info: 'recommendation' } as const;

const known: ReadonlyMap<string, RuleDescription> = new Map(allRules.map((rule) => [rule.id, rule]));

/** What a report tells of a rule. Of what is said without a rule, such as `file/not-read`, there is only the name. */
export function descriptorOf(id: string): Sarif.ReportingDescriptor {
  const rule = known.get(id);
  if (rule === undefined) return { id };
  const helpUri = rulePageUrl(id);
  const title = `${rule.title}.`;
  const why = rule.why.trim();
  return {
    id,
    name: friendlyName(id),
    shortDescription: { text: title },
    fullDescription: { text: why, markdown: why },
    help: {
      text: `${why}\n\nExamples, and how that is known: ${helpUri}`,
      markdown: `${why}\n\n[Examples, and how that is known](${helpUri})`,
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levelOf(rule.severity) },
    properties: {
      tags: [id.slice(0, id.indexOf('/'))],
      'problem.severity': problemSeverities[rule.severity],
    },
  };
}

/** `ha/both-modes` → `BothModes`: the form that SARIF asks of names. */
function friendlyName(id: string): string {
  const words = id.slice(id.indexOf('/') + 1).split('-');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
