import type { Span } from '../text/span';
import { credentialKeys } from '../yaml/credential-keys';
import { entryOf, type YamlNode } from '../yaml/tree';
import type { ConfigDocument } from './config-document';

/** Where a configuration holds what no report may show: it never should hold a login, and may do so all the same. */
export function secretsOf({ root }: ConfigDocument): readonly Span[] {
  const clusters = entryOf(root, 'clusters')?.value;
  const overrides = entryOf(root, 'overrides')?.value;
  const policies = [root, ...(overrides?.kind === 'sequence' ? overrides.items : [])].map(
    (holder) => entryOf(holder, 'policy')?.value,
  );
  const logins: Span[] = [];
  const seen = new Set<unknown>();
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar') {
      if (typeof node.value === 'string' && node.value.includes('@')) logins.push(node.span);
      return;
    }
    const children = node.kind === 'mapping' ? node.entries : node.items;
    // What several aliases stand for is looked at once.
    if (seen.has(children)) return;
    seen.add(children);
    if (node.kind === 'mapping') for (const { value } of node.entries) visit(value);
    else node.items.forEach(visit);
  };
  for (const part of [clusters, ...policies]) {
    if (part === undefined) continue;
    logins.push(...credentialKeys(part, clusters).map(({ value }) => value.span));
    visit(part);
  }
  return logins;
}
