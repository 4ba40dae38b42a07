/** Where a replica broker reaches an origin: the argument of `replicate`, and how to recognise it on a link. */
import { parseBrokerUrl } from '../address/broker-url';
import { formatMember, parseEndpoint, toBrokerUrl } from '../address/endpoint';
import type { BrokerRef } from './contract';

export interface Address {
  readonly host: string;
  readonly port: number;
}

interface Route {
  readonly origin: BrokerRef | undefined;
  readonly linkAddress: string | undefined;
}

export type LinkUrlResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: string };

/**
 * The `broker` argument of `replicate`. Credentials are left out: links ignore those of a URL and use the replica
 * broker's ha-username and ha-password (HaBroker.cpp METHOD_REPLICATE), and the broker logs the URL. Of an origin in a
 * cluster all members are given, so that the link finds the next primary; `clusterUrl` is the origin's own list.
 */
export function linkUrl(
  origin: BrokerRef,
  linkAddress: string | undefined,
  clusterUrl?: string,
): LinkUrlResult {
  if (linkAddress === undefined) return { ok: true, url: withMembers(origin, clusterUrl) };
  const parsed = parseBrokerUrl(linkAddress);
  if (!parsed.ok) return parsed;
  const url = parsed.url.members.map(toMemberUrl).join(',');
  return { ok: true, url };
}

/** The addresses that we know, and after them those of the cluster that we were not told of. */
function withMembers({ endpoint }: BrokerRef, clusterUrl: string | undefined): string {
  const own = toBrokerUrl(endpoint);
  const parsed = clusterUrl === undefined || clusterUrl === '' ? undefined : parseBrokerUrl(clusterUrl);
  if (parsed === undefined || !parsed.ok) return own;
  const known = new Set(endpoint.members.map(comparable));
  const others = parsed.url.members.filter((member) => !known.has(comparable(member)));
  return [own, ...others.map(toMemberUrl)].join(',');
}

function toMemberUrl({ transport, host, port }: Address & { readonly transport: string }): string {
  return `${transport === 'tcp' ? '' : `${transport}:`}${formatMember({ host, port })}`;
}

/** Every address under which the origin may stand on a link, in a form fit for comparing. */
export function addressesOf({ origin, linkAddress }: Route): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const member of origin?.endpoint.members ?? []) addresses.add(comparable(member));
  const parsed = linkAddress === undefined ? undefined : parseBrokerUrl(linkAddress);
  if (parsed?.ok) for (const member of parsed.url.members) addresses.add(comparable(member));
  return addresses;
}

const loopback = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

/** Hosts are compared as written, for we resolve names elsewhere than the replica broker does. */
export function comparable({ host, port }: Address): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return `${loopback.has(name) ? 'localhost' : name}:${port}`;
}

/** The broker at the current address of a link; undefined where the link has none. */
export function brokerAt(link: Address & { readonly transport: string }): BrokerRef | undefined {
  if (link.host === '') return undefined;
  const name = formatMember(link);
  const parsed = parseEndpoint(link.transport === 'ssl' ? `ssl:${name}` : name);
  return parsed.ok ? { name, endpoint: parsed.endpoint } : undefined;
}
