/** For the dialogs that ask what a command is to work on. */
export interface TargetQuestion {
  /** Heads the dialogs: `Start Replication`. */
  readonly title: string;
  /** Whether the origin's address is needed too; the replica broker knows its own replicators. */
  readonly needsOrigin: boolean;
}
