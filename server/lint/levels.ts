import type { Project } from '../project/project';
import type { Finding } from '../text/finding';
import { isFixed } from './all-rules';

/** Findings as grave as the project wants them, in the order they came; without those of rules that are off. */
export function configured(findings: readonly Finding[], project: Project): readonly Finding[] {
  if (project.configs.size === 0) return findings;
  return findings.flatMap((finding) => {
    const settings = project.settingsFor(finding.uri);
    if (settings.isPlain || isFixed(finding.rule)) return [finding];
    const level = settings.levelOf(finding.rule);
    if (level === undefined || level === finding.severity) return [finding];
    return level === 'off' ? [] : [{ ...finding, severity: level }];
  });
}
