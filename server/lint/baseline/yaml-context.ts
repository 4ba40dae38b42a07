import type { SourceDocument } from '../../text/document';
import type { Span } from '../../text/span';
import { isCredentialKey } from '../../yaml/credential-keys';
import type { YamlNode } from '../../yaml/tree';
import { normal, wholeFile } from './conf-context';
import { masked, type Secrets, withoutLogins } from './masked';

/** What tells the entries of a list apart, in all formats: `{queue: orders, from: east, to: west}`. */
const namingKeys: ReadonlySet<string> = new Set(['queue', 'from', 'to', 'file', 'files', 'name']);

/**
 * What a finding in a YAML or JSON file is about, so that it is known again wherever it moves to, and however the file
 * is laid out: the way to it by keys and by the names of list entries, and the value there.
 */
export function yamlContext(
  source: SourceDocument,
  root: YamlNode | undefined,
  at: Span,
  secrets: Secrets,
): string {
  const steps: string[] = [];
  let node = root;
  let isSecret = false;
  while (node !== undefined && node.kind !== 'scalar') {
    if (node.kind === 'mapping') {
      const entry = node.entries.find(({ span }) => holds(span, at));
      if (entry === undefined) break;
      steps.push(`.${entry.key}`);
      isSecret ||= isCredentialKey(entry.key);
      node = entry.value;
    } else {
      const item: YamlNode | undefined = node.items.find(({ span }) => holds(span, at));
      if (item === undefined) break;
      steps.push(`[${nameOf(item)}]`);
      node = item;
    }
  }
  if (steps.length === 0) return wholeFile;
  if (node?.kind === 'scalar' && !isSecret) steps.push(` ${normal(masked(source, node.span, secrets))}`);
  return steps.join('');
}

/** Of an entry of a list. */
function nameOf(item: YamlNode): string {
  if (item.kind !== 'mapping') return item.kind === 'scalar' ? scalarText(item.value) : '';
  const names = item.entries
    .filter(({ key, value }) => namingKeys.has(key) && value.kind === 'scalar')
    .map(({ key, value }) => `${key}=${value.kind === 'scalar' ? scalarText(value.value) : ''}`);
  return names.sort().join(',');
}

function scalarText(value: string | number | boolean | null): string {
  return normal(withoutLogins(String(value)));
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
