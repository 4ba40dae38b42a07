import { formatMember } from '../address/endpoint';
import { quotable } from '../manifest/addresses';
import { clusterUrlOf, type UrlSetting } from '../qpidd-conf/ha';
import type { ConfDocument } from '../qpidd-conf/model';
import { duplicateAddress } from '../qpidd-conf/rules/duplicate-address';
import { loopbackAddress } from '../qpidd-conf/rules/loopback-address';
import { singleAddress } from '../qpidd-conf/rules/single-address';
import { areOtherKinds, compareAddresses, isSameHost } from './addresses';
import type { KnownCluster, Member } from './members';
import { type Outlier, outliers } from './outliers';
import type { Project } from './project';
import { isReported } from './reported';

/** What the members of a cluster write as `ha-brokers-url`, compared with each other and with the declaration. */

/** The members whose addresses differ from those of the others. */
export function differingUrls(project: Project, members: readonly Member[]): readonly Outlier<UrlSetting>[] {
  return outliers(
    project,
    members,
    comparableUrl,
    (one, other) => compareAddresses(one.url.members, other.url.members) === undefined,
  );
}

/** Where the list is wrong by itself, that is a finding of its own. */
function comparableUrl(conf: ConfDocument): UrlSetting | undefined {
  const url = clusterUrlOf(conf);
  if (url === undefined || isReported(conf, singleAddress, loopbackAddress, duplicateAddress))
    return undefined;
  return url;
}

/** How a list does not go together with what is declared, as the begin of a sentence. */
export function mismatch({ cluster, members }: KnownCluster, { url }: UrlSetting): string | undefined {
  const { addresses, name } = cluster;
  const listed = url.members;
  const who = `the cluster "${quotable(name)}"`;
  if (addresses.length === 0) {
    // Which files there are says at least how many members.
    if (listed.length >= members.length) return undefined;
    return `This list has ${listed.length} addresses, and ${who} is declared with ${members.length} files`;
  }
  const absent = addresses.filter((address) => !listed.some((one) => isSameHost(one, address)));
  if (listed.length !== addresses.length) {
    const named =
      absent.length > 0 && absent.length < addresses.length ? `; not listed: ${names(absent)}` : '';
    return `This list has ${listed.length} addresses, and ${who} is declared with ${addresses.length}${named}`;
  }
  // One network's names for hosts may all be others than those of another network.
  if (absent.length === 0 || absent.length === addresses.length || isUncertain(absent, listed))
    return undefined;
  return `This list has no address of ${names(absent)}, declared as a member of ${who}`;
}

function isUncertain(absent: Parameters<typeof areOtherKinds>[0], listed: typeof absent): boolean {
  return listed.some((address) => areOtherKinds(absent, [address]));
}

function names(addresses: Parameters<typeof areOtherKinds>[0]): string {
  return addresses.map((address) => `"${quotable(formatMember(address))}"`).join(', ');
}
