import { isBrokerOption, type Option, optionsNamed, type RemovedOption, removedOptions } from './catalogue';
import { compareReleases, type Release } from './release';

/**
 * What the broker had in which release: from the option tables of the release branches, 0.4 to 0.34 in the Subversion
 * repository of Qpid, and of the tags from 1.35 on.
 */

const sinceByName = new Map<string, Release | undefined>();

/** The first release that had an option of this name, in whatever module; undefined where that is not known. */
export function firstRelease(name: string): Release | undefined {
  if (!sinceByName.has(name)) {
    const all = optionsNamed(name).filter(isBrokerOption);
    // The old store came to Qpid with options that it had long had elsewhere, in releases of its own.
    const isForeign = all.some(({ module }) => module === 'legacystore.so');
    sinceByName.set(name, isForeign ? undefined : all[0]?.since);
  }
  return sinceByName.get(name);
}

/** Whether a broker of that release can have an option; of today's where no release is given. */
export function existsIn(option: Option, release: Release | undefined): boolean {
  const since = release === undefined ? undefined : firstRelease(option.name);
  return since === undefined || release === undefined || compareReleases(since, release) <= 0;
}

/** Whether an option that is gone was there in that release. */
export function wasIn({ since, until }: RemovedOption, release: Release | undefined): boolean {
  return release !== undefined && lies(release, since, until);
}

/** The name that an option had in a release in which it did not have its own yet. */
export function formerName(option: Option, release: Release): string | undefined {
  return removedOptions.find(
    (removed) => removed.cure === 'rename' && removed.replacement === option.name && wasIn(removed, release),
  )?.name;
}

/** Modules that were built into the broker, or given up, and the last release that had each of them as a file. */
const lastWithModule: Readonly<Record<string, Release>> = {
  'acl.so': '0.22',
  'ssl.so': '0.22',
  'cluster.so': '0.18',
  'watchdog.so': '0.18',
  'replication_exchange.so': '0.18',
  'replicating_listener.so': '0.18',
  // Never a part of Qpid: legacystore took its place in 0.22.
  'msgstore.so': '0.20',
};

/** True for the file name of a module that is of no use any more: in that release, or today. */
export function isModuleGone(file: string, release: Release | undefined): boolean {
  const last = lastWithModule[file];
  return last !== undefined && (release === undefined || compareReleases(release, last) > 0);
}

/** All modules that are gone today. */
export const modulesGone: readonly string[] = Object.keys(lastWithModule);

/** From there on the old store is built only on request, and warns of itself (legacystore.cmake). */
const legacyStoreDeprecated: Release = '0.32';

/** Whether packages of that release may well have the old store in the module directory. */
export function mayHaveLegacyStore(release: Release | undefined): boolean {
  return release !== undefined && compareReleases(release, legacyStoreDeprecated) < 0;
}

/** Whether an option is deprecated in that release; all that are belong to the old store. */
export function isDeprecatedIn({ deprecated }: Option, release: Release | undefined): boolean {
  return deprecated !== undefined && !mayHaveLegacyStore(release);
}

/** Whether that release has the new store. */
export function hasLinearStore(release: Release | undefined): boolean {
  return release === undefined || compareReleases(release, '0.26') >= 0;
}

function lies(release: Release, since: Release | undefined, until: Release | undefined): boolean {
  if (since === undefined || until === undefined) return false;
  return compareReleases(since, release) <= 0 && compareReleases(release, until) <= 0;
}
