import type { Project } from '../project/project';
import type { Finding } from '../text/finding';
import { isFixed } from './all-rules';

/** Findings as grave as the project wants them, in the order they came; without those of rules that are off. */
export function configured(findings: readonly Finding[], project: Project): readonly Finding[] {
  return findings.flatMap((finding) => {
    const settings = project.settingsFor(finding.uri);
    if (settings.isPlain || isFixed(finding.rule)) return [finding];
    const level = settings.levelFor(finding.rule, finding.severity);
    if (level === finding.severity) return [finding];
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}
