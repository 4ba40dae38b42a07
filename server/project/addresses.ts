import type { BrokerUrlMember } from '../address/broker-url';
import { memberKey } from '../manifest/broker-identity';

/** Addresses of brokers, compared as far as they can be without asking anybody. */

type Address = Pick<BrokerUrlMember, 'host' | 'port'> & Partial<Pick<BrokerUrlMember, 'transport'>>;

/** What two lists do not have in common. */
export interface Difference<One, Other> {
  readonly missing: readonly Other[];
  readonly extra: readonly One[];
}

/**
 * Compares two lists as sets. A short name and a full name that begins with it count as one host. Names and numeric
 * addresses cannot be compared: a list of the ones and a list as long of the others count as equal.
 *
 * @returns undefined where nothing tells them apart.
 */
export function compareAddresses<One extends Address, Other extends Address>(
  one: readonly One[],
  other: readonly Other[],
): Difference<One, Other> | undefined {
  const extra = [...distinct(one)];
  const missing = distinct(other).filter((address) => {
    const at = extra.findIndex((candidate) => isSame(candidate, address));
    if (at >= 0) extra.splice(at, 1);
    return at < 0;
  });
  if (missing.length === 0 && extra.length === 0) return undefined;
  return missing.length === extra.length && areOtherKinds(missing, extra) ? undefined : { missing, extra };
}

export function isSame(one: Address, other: Address): boolean {
  if ((one.transport ?? 'tcp') !== (other.transport ?? 'tcp') || one.port !== other.port) return false;
  return memberKey(one) === memberKey(other) || isShortName(one, other) || isShortName(other, one);
}

export function isSameHost(one: Address, other: Address): boolean {
  return isSame({ host: one.host, port: 0 }, { host: other.host, port: 0 });
}

/** Two names of one host, perhaps: no more is known of them than that one is a name and the other is a number. */
export function areOtherKinds(some: readonly Address[], others: readonly Address[]): boolean {
  const [numeric, named] = [some, others].map((list) => list.every(isNumeric));
  return (
    some.length > 0 && numeric !== named && (numeric === true ? others : some).every((one) => !isNumeric(one))
  );
}

function distinct<One extends Address>(addresses: readonly One[]): readonly One[] {
  return addresses.filter((address, at) => addresses.findIndex((other) => isSame(other, address)) === at);
}

function isShortName(short: Address, long: Address): boolean {
  if (short.host.includes('.') || isNumeric(short) || isNumeric(long)) return false;
  return long.host.toLowerCase().startsWith(`${short.host.toLowerCase()}.`);
}

function isNumeric({ host }: Address): boolean {
  return host.includes(':') || /^[0-9]+(?:\.[0-9]+){3}$/.test(host);
}
