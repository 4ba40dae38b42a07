import type { MappingEntry, YamlNode } from './tree';

/**
 * True for the name of a key that would hold a login. No format of ours has one, and what stands under such a key
 * must not be shown.
 */
export function isCredentialKey(key: string): boolean {
  const folded = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  return credentialWords.has(folded) || /passw|passphrase|secret/.test(folded);
}

const credentialWords = new Set([
  'credential',
  'credentials',
  'login',
  'pass',
  'pw',
  'pwd',
  'token',
  'user',
  'userid',
  'username',
]);

/**
 * The entries, wherever they stand, whose key says that they hold a login.
 *
 * @param names a mapping whose keys are names of the user's choice.
 */
export function credentialKeys(
  root: YamlNode | undefined,
  names: YamlNode | undefined,
): readonly MappingEntry[] {
  const found: MappingEntry[] = [];
  // What several aliases stand for is looked at once.
  const seen = new Set<unknown>();
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
