/** The language server's own requests. The client imports these types and nothing else of the server. */

/** Client → server: method names with their parameters and results. */
export const startReplication = 'qpidha/startReplication';
export const stopReplication = 'qpidha/stopReplication';
export const replicationStatus = 'qpidha/replicationStatus';
/** Server → client: asks for the credentials of a broker; `null` means none (ANONYMOUS) or refused. */
export const credentials = 'qpidha/credentials';

/** Either an entry of a manifest, or a triple that the user typed. */
export type ReplicationTarget =
  | { readonly kind: 'manifest'; readonly uri: string; readonly queue: string; readonly replica: string }
  | {
      readonly kind: 'addresses';
      readonly queue: string;
      readonly origin?: string;
      readonly replica: string;
    };

export interface ReplicationParams {
  readonly target: ReplicationTarget;
  /** Reported through `$/progress` with `{ message, percentage? }`. */
  readonly workDoneToken?: string | number;
}

export interface ReplicationResult {
  readonly severity: 'info' | 'warning' | 'error';
  /** One sentence: what is true now. */
  readonly message: string;
  /** What to do next, where there is something. */
  readonly next?: string;
  /** The full report for the output channel, line by line. */
  readonly details: readonly string[];
}

export interface CredentialsParams {
  /** Name in the manifest, or the address: the key under which the client stores the secret. */
  readonly broker: string;
  readonly address: string;
  /**
   * `stored`: what the client has kept, without asking the user. `needed`: the broker asks for a login.
   * `rejected`: what the client gave last was wrong; forget it and ask again.
   */
  readonly reason: 'stored' | 'needed' | 'rejected';
}

export interface CredentialsResult {
  readonly username: string;
  readonly password: string;
}
