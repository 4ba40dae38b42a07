/** Findings that are known: of one rule, in one file, about one thing. */
export interface BaselineEntry {
  /** Path relative to the folder of the baseline, with `/` on every system. */
  readonly file: string;
  readonly rule: string;
  /** What it is about, as `fingerprint` has it: 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** How many of them are known; at least 1. */
  readonly count: number;
}

export type Baseline = readonly BaselineEntry[];

export function entryKey({ file, rule, fingerprint }: Omit<BaselineEntry, 'count'>): string {
  return `${fingerprint} ${rule} ${file}`;
}

/** How many findings a baseline knows. */
export function countKnown(entries: Baseline): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

/** Files in the order of their names, then rules: the same findings make the same file. */
export function sortedEntries(entries: Baseline): Baseline {
  return [...entries].sort(
    (a, b) =>
      compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
