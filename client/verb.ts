/** What a command does, for the dialogs that ask on what. */
export interface Verb {
  /** Heads the dialogs: `Start Replication`. */
  readonly title: string;
  /** Whether the origin's address is needed too; the replica broker knows its own replicators. */
  readonly needsOrigin: boolean;
}
