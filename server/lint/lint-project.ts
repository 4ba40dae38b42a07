import type { Project } from '../project/project';
import { compareFindings, type Finding } from '../text/finding';
import { type Rule, runRule } from '../text/rule';
import { allRules, rules } from './all-rules';
import { configured } from './levels';
import { applySuppressions, type SuppressedFinding } from './suppression/apply';
import { todaysDate } from './suppression/expiry';
import { suppressingFiles } from './suppression/files';
import { canBeHidden } from './suppression/names';
import { unreadFindings } from './unread';

/** Whether and when comments of the files may hide findings. */
export interface LintOptions {
  /** False: comments hide nothing, and are not judged. */
  readonly suppressions?: boolean;
  /** Whether comments may hide the findings of a rule; of some they never do. */
  mayHide?(rule: string): boolean;
  /** `2027-01-31`: the day, in UTC, on which suppressions may have expired. */
  readonly today?: string;
}

export interface LintResult {
  /** Sorted by place, each once. */
  readonly findings: readonly Finding[];
  /** What comments hide; in the same order. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** All findings in the files that were asked for and those that belong to them, but for those that comments hide. */
export function lintProject(project: Project, options: LintOptions = {}): readonly Finding[] {
  return lint(project, options).findings;
}

export function lint(project: Project, options: LintOptions = {}): LintResult {
  const all = configured(findingsIn(project), project);
  if (options.suppressions === false) return { findings: all, suppressed: [] };
  const files = suppressingFiles(project, rules.project);
  const { shown, suppressed, judged } = applySuppressions(all, files, {
    today: options.today ?? todaysDate(),
    knownRules,
    mayHide: (rule, uri) =>
      canBeHidden(rule) && options.mayHide?.(rule) !== false && project.settingsFor(uri).isIgnorable(rule),
  });
  if (judged.length === 0) return { findings: shown, suppressed };
  const own: Finding[] = [];
  for (const file of judged) {
    for (const rule of rules.suppression) runRule(rule, file, own);
  }
  const findings = [...shown, ...configured(own, project)];
  return { findings: findings.sort(compareFindings), suppressed };
}

const knownRules: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));

function findingsIn(project: Project): readonly Finding[] {
  const findings: Finding[] = unreadFindings(project);
  const { reported, configsInForce } = project;
  for (const [uri, document] of project.confs)
    if (reported.has(uri)) findings.push(...findingsAlone(rules.conf, document));
  for (const [uri, document] of project.manifests)
    if (reported.has(uri)) findings.push(...findingsAlone(rules.manifest, document));
  for (const [uri, document] of project.configs)
    if (reported.has(uri) || configsInForce.has(uri)) findings.push(...findingsAlone(rules.config, document));
  for (const rule of rules.project) runRule(rule, project, findings);
  return distinct(findings, project);
}

/** A document never changes: as long as it is in use, it is checked once. */
const foundAlone = new WeakMap<object, readonly Finding[]>();

/** What the rules of its own language find in a document. */
function findingsAlone<Document extends object>(
  ownRules: readonly Rule<Document>[],
  document: Document,
): readonly Finding[] {
  const known = foundAlone.get(document);
  if (known !== undefined) return known;
  const findings: Finding[] = [];
  for (const rule of ownRules) runRule(rule, document, findings);
  foundAlone.set(document, findings);
  return findings;
}

/** What several aliases stand for is one place, and one finding. */
function distinct(findings: readonly Finding[], { reported, configsInForce }: Project): readonly Finding[] {
  // A configuration that is wrong is wrong for each of its files.
  const isWanted = ({ uri, rule }: Finding) =>
    reported.has(uri) || (configsInForce.has(uri) && /^(?:config|file)\//.test(rule));
  const sorted = findings.filter(isWanted).sort(compareFindings);
  return sorted.filter((finding, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareFindings(previous, finding) !== 0;
  });
}
