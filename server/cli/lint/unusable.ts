/** What is wrong with the arguments, each in a full sentence. */
export interface Unusable {
  readonly faults: readonly string[];
}
