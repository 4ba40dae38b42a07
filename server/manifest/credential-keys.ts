import { entryOf, type MappingEntry, type YamlNode } from '../yaml/tree';
import { isCredentialKey } from './keys';

/** The entries, wherever they stand, whose key says that they hold a login. The names of brokers are no keys. */
export function credentialKeys(root: YamlNode | undefined): readonly MappingEntry[] {
  const found: MappingEntry[] = [];
  // What several aliases stand for is looked at once.
  const seen = new Set<unknown>();
  const names = entryOf(root, 'brokers')?.value;
  const visit = (node: YamlNode): void => {
    const children = node.kind === 'scalar' ? undefined : node.kind === 'mapping' ? node.entries : node.items;
    if (children === undefined || seen.has(children)) return;
    seen.add(children);
    if (node.kind === 'sequence') node.items.forEach(visit);
    if (node.kind !== 'mapping') return;
    for (const entry of node.entries) {
      if (node !== names && isCredentialKey(entry.key)) found.push(entry);
      else visit(entry.value);
    }
  };
  if (root !== undefined) visit(root);
  return found;
}
