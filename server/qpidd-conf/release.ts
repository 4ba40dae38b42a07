import { nearest } from '../text/nearest';

/**
 * The releases of the broker, oldest first. Until 0.34 the version files of development had odd numbers, and only
 * even ones were released; 1.40 is what the newest source calls itself.
 */
export const releases = [
  '0.4',
  '0.5',
  '0.6',
  '0.8',
  '0.10',
  '0.12',
  '0.14',
  '0.16',
  '0.18',
  '0.20',
  '0.22',
  '0.24',
  '0.26',
  '0.28',
  '0.30',
  '0.32',
  '0.34',
  '1.35',
  '1.36',
  '1.37',
  '1.38',
  '1.39',
  '1.40',
] as const;

export type Release = (typeof releases)[number];

/** What the linter knows by heart, and judges by where nothing else is said. */
export const newestRelease: Release = '1.40';

/**
 * From then on a line that the broker does not know stops the start; before, it was passed over in silence
 * (Options.cpp configFileLine, QPID-4518 of 2013-01-09).
 */
export const firstStrict: Release = '0.22';

const rank: ReadonlyMap<string, number> = new Map(releases.map((release, index) => [release, index]));

/** Negative where `one` is older. */
export function compareReleases(one: Release, other: Release): number {
  return (rank.get(one) ?? 0) - (rank.get(other) ?? 0);
}

/** `1.36`, and also `1.36.0`: a patch level never brought or took an option. */
export function parseRelease(text: string): Release | undefined {
  const name = /^(\d+\.\d+)(?:\.\d+)?$/.exec(text)?.[1];
  return releases.find((release) => release === name);
}

/** The release that was most likely meant by a text that names none. */
export function nearestRelease(text: string): Release | undefined {
  const number = /(\d+)\.(\d+)/.exec(text);
  if (number === null) {
    const word = nearest(text, releases);
    return releases.find((release) => release === word);
  }
  if (Number(number[1]) > 1) return newestRelease;
  const wanted = magnitude(`${number[1]}.${number[2]}`);
  // Of two that are equally near the newer: an odd number was on the way to it.
  return [...releases].sort(
    (a, b) =>
      Math.abs(magnitude(a) - wanted) - Math.abs(magnitude(b) - wanted) || magnitude(b) - magnitude(a),
  )[0];
}

/** The major number was skipped from 0 to 1 between 0.34 and 1.35: the minor one alone puts releases in order. */
function magnitude(release: string): number {
  return Number(release.slice(release.indexOf('.') + 1));
}
