import { distance } from 'fastest-levenshtein';
import {
  brokerOptions,
  findOption,
  findRemovedOption,
  isBrokerOption,
  type Option,
  type RemovedOption,
  removedOptions,
} from './catalogue';
import { allowance } from './values/enumeration';

/** What a key stands for. The broker itself knows nothing but exact names. */
export type KeyReading =
  | { readonly kind: 'exact'; readonly option: Option }
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

/** A search for near names costs far more than the rest of a line: a file full of garbage gets so many. */
const searchesPerFile = 200;

/** Reads the keys of one file. */
export class KeyReader {
  private readonly found = new Map<string, KeyReading>();
  private searches = 0;

  read(key: string): KeyReading {
    return namedExactly(key) ?? this.found.get(key) ?? this.search(key);
  }

  private search(key: string): KeyReading {
    if (key.length > 64 || this.searches >= searchesPerFile) return { kind: 'unknown', nearest: [] };
    this.searches += 1;
    const reading = namedOtherwise(key) ?? nearest(normal(key));
    this.found.set(key, reading);
    return reading;
  }
}

function namedExactly(key: string): KeyReading | undefined {
  const option = findOption(key);
  if (option !== undefined && isBrokerOption(option)) return { kind: 'exact', option };
  const removed = findRemovedOption(key);
  if (removed !== undefined) return removedReading(removed);
  return option === undefined ? undefined : { kind: 'elsewhere', option };
}

function removedReading(removed: RemovedOption): KeyReading {
  const option = removed.cure === 'rename' ? findOption(removed.replacement ?? '') : undefined;
  return option === undefined ? { kind: 'removed', removed } : { kind: 'removed', removed, option };
}

/** In the form of the command line or of the environment, in other letter case, in quotes, or by its short name. */
function namedOtherwise(key: string): KeyReading | undefined {
  const short = shortNames.get(key.replace(/^-/, ''));
  if (short !== undefined) return { kind: 'corrected', option: short, spelling: false };
  for (const name of [normal(key), normal(key.replace(/([a-z])([A-Z])/g, '$1-$2'))]) {
    const reading = namedExactly(name);
    if (reading?.kind === 'exact') return { kind: 'corrected', option: reading.option, spelling: false };
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

function nearest(name: string): KeyReading {
  if (!/^[a-z0-9-]{3,40}$/.test(name)) return { kind: 'unknown', nearest: [] };
  const ranked = allNames
    .map((candidate) => ({ candidate, edits: distance(candidate, name) }))
    .sort((a, b) => a.edits - b.edits);
  const [first, second] = ranked;
  if (first === undefined) return { kind: 'unknown', nearest: [] };
  const near = first.edits <= allowance(Math.min(first.candidate.length, name.length));
  if (near && first.edits !== second?.edits) {
    const reading = namedExactly(first.candidate);
    if (reading?.kind === 'removed') return reading;
    if (reading?.kind === 'exact' && reading.option.inFile === undefined) {
      return { kind: 'corrected', option: reading.option, spelling: true };
    }
  }
  const similar = ranked
    .filter(({ edits }) => edits <= Math.max(2, name.length / 4) && edits === first.edits)
    .map(({ candidate }) => todaysName(candidate))
    .filter((candidate) => candidate !== undefined);
  const names = similar.length > 0 ? new Set(similar) : containing(name);
  return { kind: 'unknown', nearest: [...names].slice(0, 3) };
}

function todaysName(name: string): string | undefined {
  const { replacement = '' } = findRemovedOption(name) ?? { replacement: name };
  return findOption(replacement)?.name;
}

/** `heartbeat-interval` → `link-heartbeat-interval`. */
function containing(name: string): string[] {
  if (name.length < 5) return [];
  return brokerOptions.map((option) => option.name).filter((other) => `-${other}-`.includes(`-${name}-`));
}
