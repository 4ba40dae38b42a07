import { memberKey } from '../manifest/broker-identity';
import { clusterUrlOf } from '../qpidd-conf/ha';
import { activeMembers, type KnownCluster, type Member } from './members';

/** Members that surely run on one machine: by their own addresses, or because all addresses of the cluster are on it. */
export function membersByHost(cluster: KnownCluster): readonly (readonly Member[])[] {
  const members = activeMembers(cluster);
  if (members.length > 0 && members.every(isOnOneHost)) return [members];
  const hosts = new Map<string, Member[]>();
  for (const member of members) {
    const { address } = member.member;
    if (address === undefined) continue;
    const host = memberKey({ host: address.host, port: 0 });
    hosts.set(host, [...(hosts.get(host) ?? []), member]);
  }
  return [...hosts.values()];
}

function isOnOneHost({ conf }: Member): boolean {
  const listed = clusterUrlOf(conf)?.url.members ?? [];
  return listed.length > 1 && new Set(listed.map(({ host }) => memberKey({ host, port: 0 }))).size === 1;
}

/** Those that have what one before them has. */
export function repeated(
  members: readonly Member[],
  keyOf: (member: Member) => string | undefined,
): readonly { readonly member: Member; readonly first: Member }[] {
  const firsts = new Map<string, Member>();
  return members.flatMap((member) => {
    const key = keyOf(member);
    if (key === undefined) return [];
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, member);
    return first === undefined ? [] : [{ member, first }];
  });
}
