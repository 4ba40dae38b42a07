import type { DocumentUri } from '../text/document';
import type { Finding } from '../text/finding';

/** Findings by their files, both in the order in which they come. */
export function byFile(
  findings: readonly Finding[],
): readonly (readonly [DocumentUri, readonly Finding[]])[] {
  const files = new Map<DocumentUri, Finding[]>();
  for (const finding of findings) {
    const found = files.get(finding.uri);
    if (found === undefined) files.set(finding.uri, [finding]);
    else found.push(finding);
  }
  return [...files];
}
