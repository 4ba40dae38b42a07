/** A manifest before it is written: what was understood, and what was not. */

export interface Draft {
  /** Where it comes from, as sentences. */
  readonly heading: readonly string[];
  readonly brokers: readonly DraftBroker[];
  readonly replications: readonly DraftReplication[];
  readonly omissions: readonly Omission[];
}

export interface DraftBroker {
  readonly name: string;
  readonly address: string;
  /** Written above it, as sentences. */
  readonly remarks: readonly string[];
}

export interface DraftReplication {
  readonly queue: string;
  /** Names of brokers. */
  readonly from: string;
  readonly to: string;
  readonly linkAddress?: string | undefined;
  readonly create?: 'never' | undefined;
  /** Where it comes from, where that is a place in a file. */
  readonly place?: string;
  /** Written above it, as sentences. */
  readonly remarks: readonly string[];
}

/** What was seen and is not part of the manifest: written as a comment, so that it is not forgotten. */
export interface Omission {
  /** `replicas.sh:12:5`, where it is a place in a file. */
  readonly place?: string;
  /** A sentence. */
  readonly reason: string;
  /** What it is about, in the words of where it comes from. Holds no secret. */
  readonly quote?: string;
  /** Where all of it is known: what it would say. */
  readonly replication?: DraftReplication;
}
