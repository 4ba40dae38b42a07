import { distance } from 'fastest-levenshtein';
import {
  brokerOptions,
  findOption,
  findRemovedOption,
  type Option,
  type RemovedOption,
  removedOptions,
} from './catalogue';
import type { Release } from './release';
import { existsIn, wasIn } from './release-history';
import { allowance } from './values/enumeration';

/** What a key stands for. The broker itself knows nothing but exact names. */
export type KeyReading =
  | { readonly kind: 'exact'; readonly option: Option }
  /** Gone today, and there in the release of the file. `option`: today's of the same meaning. */
  | { readonly kind: 'former'; readonly removed: RemovedOption; readonly option?: Option }
  /** Not the name of an option, and surely meant for this one. */
  | { readonly kind: 'corrected'; readonly option: Option; readonly spelling: boolean }
  /** `option` where it replaces the removed one as it is. */
  | { readonly kind: 'removed'; readonly removed: RemovedOption; readonly option?: Option }
  /** An option of the Windows broker or of the client library. */
  | { readonly kind: 'elsewhere'; readonly option: Option }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] };

const shortNames = new Map(
  brokerOptions.flatMap((option) =>
    option.short !== undefined && option.inFile === undefined ? [[option.short, option] as const] : [],
  ),
);

const allNames = [...brokerOptions.map(({ name }) => name), ...removedOptions.map(({ name }) => name)];

/** What may have been meant: nothing that the release does not have yet. */
function namesFor(release: Release | undefined): readonly string[] {
  if (release === undefined) return allNames;
  return allNames.filter((name) => {
    const option = findOption(name);
    return option === undefined || existsIn(option, release);
  });
}

/** No name, and nothing that could be meant for one, is longer. */
const longestKey = 64;

/** So many keys are remembered. */
const capacity = 2000;

/** Reads keys, and remembers what a search found: it costs far more than all else that is done with a line. */
export class KeyReader {
  private readonly found = new Map<string, KeyReading>();
  private readonly names: readonly string[];

  /** @param release of the broker that reads the file; today's where it is not given. */
  constructor(readonly release?: Release) {
    this.names = namesFor(release);
  }

  read(key: string): KeyReading {
    return namedExactly(key, this.release) ?? this.found.get(key) ?? this.search(key);
  }

  /** The option that a line with this key sets, or was meant to set. */
  optionOf(key: string): Option | undefined {
    const reading = this.read(key);
    return 'option' in reading && reading.kind !== 'elsewhere' ? reading.option : undefined;
  }

  private search(key: string): KeyReading {
    if (key.length > longestKey) return { kind: 'unknown', nearest: [] };
    const reading = namedOtherwise(key, this.release) ?? nearest(normal(key), this.names, this.release);
    if (this.found.size >= capacity) this.found.clear();
    this.found.set(key, reading);
    return reading;
  }
}

const byExactName: ReadonlyMap<string, Option> = new Map(
  brokerOptions.map((option) => [option.name, option]),
);

/** The option of a Linux broker whose name this is. */
export function exactOption(key: string): Option | undefined {
  return byExactName.get(key);
}

function namedExactly(key: string, release: Release | undefined): KeyReading | undefined {
  const exact = exactOption(key);
  if (exact !== undefined) return { kind: 'exact', option: exact };
  const removed = findRemovedOption(key);
  if (removed !== undefined) return removedReading(removed, release);
  const option = findOption(key);
  return option === undefined ? undefined : { kind: 'elsewhere', option };
}

function removedReading(removed: RemovedOption, release: Release | undefined): KeyReading {
  const option = removed.cure === 'rename' ? findOption(removed.replacement ?? '') : undefined;
  const kind = wasIn(removed, release) ? 'former' : 'removed';
  return option === undefined ? { kind, removed } : { kind, removed, option };
}

/** In the form of the command line or of the environment, in other letter case, in quotes, or by its short name. */
function namedOtherwise(key: string, release: Release | undefined): KeyReading | undefined {
  const short = shortNames.get(key.replace(/^-/, ''));
  if (short !== undefined) return { kind: 'corrected', option: short, spelling: false };
  for (const name of [normal(key), normal(key.replace(/([a-z])([A-Z])/g, '$1-$2'))]) {
    const reading = namedExactly(name, release);
    if (reading?.kind === 'exact' && existsIn(reading.option, release)) {
      return { kind: 'corrected', option: reading.option, spelling: false };
    }
    if (reading?.kind === 'removed') return reading;
  }
  return undefined;
}

function normal(key: string): string {
  return key
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/^-+|^QPID_/, '')
    .toLowerCase()
    .replace(/[_.\s]+/g, '-');
}

function nearest(name: string, candidates: readonly string[], release: Release | undefined): KeyReading {
  if (!/^[a-z0-9-]{3,40}$/.test(name)) return { kind: 'unknown', nearest: [] };
  const limit = Math.max(2, name.length / 4);
  const ranked = candidates
    // The difference in length is a lower bound, and cheap.
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, edits: distance(candidate, name) }))
    .sort((a, b) => a.edits - b.edits);
  const [first, second] = ranked;
  if (first === undefined) return { kind: 'unknown', nearest: containing(name, release).slice(0, 3) };
  const near = first.edits <= allowance(Math.min(first.candidate.length, name.length));
  if (near && isSlip(name, first.candidate) && first.edits !== second?.edits) {
    const reading = namedExactly(first.candidate, release);
    if (reading?.kind === 'removed') return reading;
    if (reading?.kind === 'exact' && reading.option.inFile === undefined) {
      return { kind: 'corrected', option: reading.option, spelling: true };
    }
  }
  const similar = ranked
    .filter(({ edits }) => edits <= limit && edits === first.edits)
    .map(({ candidate }) => nameIn(candidate, release))
    .filter((candidate) => candidate !== undefined);
  const longer = containing(name, release);
  const names = longer.length > 0 ? longer : new Set(similar);
  return { kind: 'unknown', nearest: [...names].slice(0, 3) };
}

function nameIn(name: string, release: Release | undefined): string | undefined {
  const removed = findRemovedOption(name);
  if (removed !== undefined && wasIn(removed, release)) return name;
  return findOption(removed === undefined ? name : (removed.replacement ?? ''))?.name;
}

/** Whether no word of the name could be another word, as in `log-file` for `log-time`. */
function isSlip(name: string, candidate: string): boolean {
  const [words, meant] = [name.split('-'), candidate.split('-')];
  return words.length !== meant.length || words.every((word, place) => isSlipOf(meant[place] ?? '', word));
}

function isSlipOf(meant: string, word: string): boolean {
  const sorted = (letters: string) => [...letters].sort().join('');
  const allowed = Math.max(1, allowance(Math.min(meant.length, word.length)));
  return distance(meant, word) <= allowed || sorted(meant) === sorted(word);
}

/** `heartbeat-interval` → `link-heartbeat-interval`; where nothing is so, `log-file` → `log-to-file`. */
function containing(name: string, release: Release | undefined): string[] {
  if (name.length < 5) return [];
  const names = brokerOptions.filter((option) => existsIn(option, release)).map((option) => option.name);
  const whole = names.filter((other) => `-${other}-`.includes(`-${name}-`));
  if (whole.length > 0 || !name.includes('-')) return whole;
  return names.filter((other) => hasAllWords(other.split('-'), name.split('-')));
}

/** In this order, with others between. */
function hasAllWords(words: readonly string[], wanted: readonly string[]): boolean {
  let found = 0;
  for (const word of words) if (word === wanted[found]) found += 1;
  return found === wanted.length;
}
