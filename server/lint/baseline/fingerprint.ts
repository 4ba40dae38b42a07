import { createHash } from 'node:crypto';
import type { Project } from '../../project/project';
import type { Finding } from '../../text/finding';
import { contextOf } from './context';
import type { Secrets } from './masked';

/**
 * 16 hexadecimal digits that name a finding within its file: of its rule and of what it is about, not of its line. Two
 * findings that nothing tells apart have the same.
 */
export function fingerprint(finding: Finding, project: Project, secrets: Secrets): string {
  const text = `${finding.rule}\n${contextOf(finding, project, secrets)}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
