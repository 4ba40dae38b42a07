/** What somebody wants to do, in the words of an ACL file. */
export interface AccessRequest {
  readonly action: 'access' | 'consume' | 'create' | 'delete' | 'publish' | 'purge' | 'move' | 'reroute';
  readonly object: 'exchange' | 'link' | 'method' | 'query' | 'queue';
  readonly name?: string;
  /** `routingkey`, `schemaclass`, `schemapackage` */
  readonly properties?: Readonly<Record<string, string>>;
}

interface Rule {
  readonly allows: boolean;
  readonly user: string;
  readonly action: string;
  readonly object: string;
  readonly properties: readonly (readonly [name: string, wanted: string])[];
}

/**
 * The rules of an ACL file, as far as practice needs them: no groups, no quotas, and of the properties names and
 * simple patterns (acl/AclData.cpp lookup). The first rule that fits decides; where none does, it is denied.
 */
export class AccessControl {
  readonly #rules: readonly Rule[];

  /** Lines that are no rules are left out. */
  constructor(lines: readonly string[]) {
    this.#rules = lines.flatMap(toRule);
  }

  /** `user` as it logged in, with its realm or without. */
  allows(user: string, request: AccessRequest): boolean {
    const rule = this.#rules.find((candidate) => fits(candidate, user, request));
    return rule?.allows ?? false;
  }
}

function toRule(line: string): readonly Rule[] {
  const [acl, decision = '', user, action, object = 'all', ...properties] = line.trim().split(/\s+/);
  if (acl !== 'acl' || user === undefined || action === undefined) return [];
  const pairs = properties.map((property): readonly [string, string] => {
    const at = property.indexOf('=');
    return [property.slice(0, at), property.slice(at + 1)];
  });
  return [{ allows: decision.startsWith('allow'), user, action, object, properties: pairs }];
}

function fits(
  rule: Rule,
  user: string,
  { action, object, name = '', properties = {} }: AccessRequest,
): boolean {
  const isUser = rule.user === 'all' || rule.user === user || rule.user.startsWith(`${user}@`);
  if (!isUser || !isOrAll(rule.action, action) || !isOrAll(rule.object, object)) return false;
  return rule.properties.every(([property, wanted]) =>
    matches(wanted, property === 'name' ? name : (properties[property] ?? '')),
  );
}

function isOrAll(wanted: string, found: string): boolean {
  return wanted === 'all' || wanted === found;
}

function matches(wanted: string, found: string): boolean {
  return wanted.endsWith('*') ? found.startsWith(wanted.slice(0, -1)) : wanted === found;
}
