/** The brokers of a script: addresses that have a member in common are one broker. */
import { type Endpoint, formatMember, parseEndpoint, toBrokerUrl } from '../address/endpoint';
import { comparable } from '../replication/addresses';
import type { DraftBroker } from './draft';
import { nameBrokers } from './names';

export interface ScriptBrokers {
  readonly brokers: readonly DraftBroker[];
  nameOf(endpoint: Endpoint): string;
  /** Where a link is to lead that was given this address; undefined: where the broker's own address leads. */
  linkAddressOf(endpoint: Endpoint): string | undefined;
}

/** In the order in which they come first. */
export function brokersOf(endpoints: readonly Endpoint[]): ScriptBrokers {
  const groups = groupsOf(endpoints);
  const addresses = groups.map(addressOf);
  const names = nameBrokers(addresses.map((endpoint) => ({ endpoint })));
  const indexes = new Map(
    groups.flatMap((group, index) =>
      group.flatMap(({ members }) => members.map((member) => [comparable(member), index] as const)),
    ),
  );
  const indexOf = ({ members: [first] }: Endpoint) => (first && indexes.get(comparable(first))) ?? 0;
  return {
    brokers: addresses.map((endpoint, index) => ({
      name: names[index] ?? endpoint.text,
      address: endpoint.text,
      remarks: isHere(endpoint)
        ? ['"localhost" is the machine that runs the script: give it the name by which all others know it.']
        : [],
    })),
    nameOf: (endpoint) => names[indexOf(endpoint)] ?? endpoint.text,
    linkAddressOf(endpoint) {
      const own = addresses[indexOf(endpoint)];
      const known = new Set(own?.members.map((member) => `${comparable(member)} ${member.tls}`));
      const all = endpoint.members.every((member) => known.has(`${comparable(member)} ${member.tls}`));
      return all ? undefined : toBrokerUrl(endpoint);
    },
  };
}

function groupsOf(endpoints: readonly Endpoint[]): readonly (readonly Endpoint[])[] {
  const groupAt = new Map<string, Endpoint[]>();
  const groups = new Set<Endpoint[]>();
  for (const endpoint of endpoints) {
    const keys = endpoint.members.map(comparable);
    const known = keys.map((key) => groupAt.get(key)).filter((group) => group !== undefined);
    const [group = [], ...others] = new Set(known);
    groups.add(group);
    for (const other of others) {
      group.push(...other);
      groups.delete(other);
    }
    group.push(endpoint);
    for (const { members } of others.length > 0 ? group : [endpoint]) {
      for (const member of members) groupAt.set(comparable(member), group);
    }
  }
  return [...groups];
}

/** The longest address, and what members the others add. */
function addressOf(group: readonly Endpoint[]): Endpoint {
  const [first, ...others] = [...group].sort((one, other) => other.members.length - one.members.length);
  if (first === undefined) throw new Error('a broker without an address');
  const known = new Set(first.members.map(comparable));
  const more = others
    .flatMap(({ members }) => members)
    .filter((member) => {
      const isNew = !known.has(comparable(member));
      known.add(comparable(member));
      return isNew;
    });
  const text = more.map((member) => `${member.tls ? 'ssl:' : ''}${formatMember(member)}`);
  const all = parseEndpoint([first.text.replace(/\b0\.0\.0\.0\b/, 'localhost'), ...text].join(','));
  return all.ok ? all.endpoint : first;
}

const here = /^(?:localhost|127\.|::1$|0\.0\.0\.0$|::$)/;

function isHere({ members }: Endpoint): boolean {
  return members.every(({ host }) => here.test(host.toLowerCase()));
}
