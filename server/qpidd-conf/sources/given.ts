import type { Option } from '../catalogue';

/** Where the broker takes a value from, the strongest last. */
export type Source =
  | { readonly kind: 'default' }
  /** `line` counts from 1. */
  | { readonly kind: 'file'; readonly line: number }
  | { readonly kind: 'environment'; readonly variable: string }
  /** `argument` as written: `--port`, `-p`, or an abbreviation. */
  | { readonly kind: 'command-line'; readonly argument: string };

/** An option with the text that one source gives it. */
export interface Given {
  readonly option: Option;
  readonly text: string;
  readonly source: Source;
}

/** What one source says, and what is wrong or odd about it. */
export interface Reading {
  readonly given: readonly Given[];
  /** Each stops the start. */
  readonly problems: readonly string[];
  /** What the broker does not say: dropped words, ignored names. */
  readonly notes: readonly string[];
}
