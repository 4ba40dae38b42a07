/** Names for brokers of which only the addresses are known: the same addresses always get the same names. */
import type { Endpoint } from '../address/endpoint';

export interface Unnamed {
  readonly endpoint: Endpoint;
  /** As its user wants it to be called. */
  readonly name?: string | undefined;
}

/**
 * As short as they can be told apart: the host without its domain, the whole host, or the host with its port; for a
 * cluster what its members' names begin with. `taken` names are not given again. Two names also differ in what
 * environment variables make of them, `QPIDHA_<NAME>_USERNAME`.
 */
export function nameBrokers(brokers: readonly Unnamed[], taken: readonly string[] = []): readonly string[] {
  const candidates = brokers.map(({ name, endpoint }) =>
    name === undefined ? candidatesFor(endpoint) : [name],
  );
  const level = brokers.map(() => 0);
  const nameAt = (index: number) => candidates[index]?.[level[index] ?? 0] ?? '';
  for (let changed = true; changed; ) {
    changed = false;
    const claims = new Map<string, number[]>(taken.map((name) => [key(name), [-1]]));
    brokers.forEach((_, index) => {
      const name = key(nameAt(index));
      claims.set(name, [...(claims.get(name) ?? []), index]);
    });
    for (const [, indexes] of claims) {
      if (indexes.length < 2) continue;
      // Whoever is called so in full keeps the name, where that is one only.
      const [owner, ...owners] = indexes.filter(
        (index) => index < 0 || isWhole(brokers[index], nameAt(index)),
      );
      for (const index of indexes) {
        if (
          index < 0 ||
          (index === owner && owners.length === 0) ||
          (level[index] ?? 0) >= (candidates[index]?.length ?? 1) - 1
        )
          continue;
        level[index] = (level[index] ?? 0) + 1;
        changed = true;
      }
    }
  }
  return numbered(
    brokers.map((_, index) => nameAt(index)),
    taken,
  );
}

function isWhole(broker: Unnamed | undefined, name: string): boolean {
  if (broker?.name !== undefined) return true;
  const [first, ...others] = broker?.endpoint.members ?? [];
  return first !== undefined && others.length === 0 && hostName(first.host) === name;
}

function key(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** The same host and port twice, over different transports. */
function numbered(names: readonly string[], taken: readonly string[]): readonly string[] {
  const used = new Set(taken.map(key));
  return names.map((name) => {
    let unique = name;
    for (let number = 2; used.has(key(unique)); number += 1) unique = `${name}-${number}`;
    used.add(key(unique));
    return unique;
  });
}

function candidatesFor({ members }: Endpoint): readonly string[] {
  const [first] = members;
  if (first === undefined) return ['broker'];
  const host = hostName(first.host);
  const label = isAddress(first.host) ? host : (host.split('.')[0] ?? host);
  const common = members.length > 1 ? commonStart(members.map((member) => hostName(member.host))) : '';
  const all = [common, label, host, `${host}-${first.port}`];
  return all.filter((name, index) => name !== '' && all.indexOf(name) === index);
}

/** A name of the manifest as it is mostly written: letters, digits, dots and dashes, a letter first. */
function hostName(host: string): string {
  const name = host.replace(/\.$/, '').replace(/[^\w.-]/g, '-');
  return /^[A-Za-z_]/.test(name) ? name : `broker-${name.replace(/^-+/, '')}`;
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[0-9.]+$/.test(host);
}

/** `east` of `east1`, `east2`; empty where they have no word in common. */
function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  const word = first.slice(0, length).replace(/[-_.0-9]+$/, '');
  return word.length > 1 && word !== 'broker' && !word.includes('.') && names.some((name) => name !== first)
    ? word
    : '';
}
