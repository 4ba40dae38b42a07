import type { Draft } from './draft';

/** What became of an import. */
export interface Imported {
  readonly draft: Draft;
  /** What is only worth knowing, as sentences. */
  readonly remarks: readonly string[];
}

/** Whether all that was seen stands in the manifest, and needs nobody's attention. */
export function isWhole({ draft }: Imported): boolean {
  return draft.omissions.length === 0 && draft.replications.every(({ remarks }) => remarks.length === 0);
}
