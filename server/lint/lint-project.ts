import type { Project } from '../project/project';
import type { DocumentUri } from '../text/document';
import { compareFindings, type Finding } from '../text/finding';
import { runRule } from '../text/rule';
import { rules } from './all-rules';
import { unreadFindings } from './unread';

/** All findings in the files that were asked for and those that belong to them, sorted by place, each once. */
export function lintProject(project: Project): readonly Finding[] {
  const findings: Finding[] = unreadFindings(project);
  for (const document of project.confs.values()) {
    for (const rule of rules.conf) runRule(rule, document, findings);
  }
  for (const document of project.manifests.values()) {
    for (const rule of rules.manifest) runRule(rule, document, findings);
  }
  for (const rule of rules.project) runRule(rule, project, findings);
  return distinct(findings, project.subjects);
}

/** What several aliases stand for is one place, and one finding. */
function distinct(findings: readonly Finding[], subjects: ReadonlySet<DocumentUri>): readonly Finding[] {
  const sorted = findings.filter(({ uri }) => subjects.has(uri)).sort(compareFindings);
  return sorted.filter((finding, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareFindings(previous, finding) !== 0;
  });
}
