import type { HostPort, Manifest } from './model';

/** Names of one host as seen from itself. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `host:port`, spelled one way for all spellings of one address. */
export function memberKey({ host, port }: HostPort): string {
  const name = host.includes(':') ? canonicalIPv6(host) : host.toLowerCase().replace(/\.$/, '');
  return `${loopback.has(name) ? 'localhost' : name}:${port}`;
}

function canonicalIPv6(host: string): string {
  return URL.canParse(`http://[${host}]`) ? new URL(`http://[${host}]`).hostname : `[${host.toLowerCase()}]`;
}

/**
 * Which names of a manifest stand for one broker or cluster: those whose addresses have a member in common.
 *
 * Offline, an address is all there is to know a broker by; the engine compares the brokers' own identities.
 *
 * @returns for a name, the first name of the same broker; for a name that is not declared, the name itself.
 */
export function identifyBrokers(manifest: Manifest): (name: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    return root;
  };
  const owners = new Map<string, string>();
  for (const { name, address } of manifest.brokers) {
    for (const member of address?.endpoint?.members ?? []) {
      const key = memberKey(member);
      const owner = owners.get(key);
      if (owner === undefined) {
        owners.set(key, name.value);
        continue;
      }
      const [first, second] = [rootOf(owner), rootOf(name.value)];
      if (first !== second) parents.set(second, first);
    }
  }
  return rootOf;
}

/** The first address that two lists of members have in common, as `host:port`. */
export function commonMember(one: readonly HostPort[], other: readonly HostPort[]): string | undefined {
  const keys = new Set(one.map(memberKey));
  const common = other.find((member) => keys.has(memberKey(member)));
  return common && memberKey(common);
}
