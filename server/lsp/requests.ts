/** The language server's own requests. The client imports these types and nothing else of the server. */

/** Client → server: method names with their parameters and results. */
export const startReplication = 'qpidha/startReplication';
export const stopReplication = 'qpidha/stopReplication';
export const replicationStatus = 'qpidha/replicationStatus';
/** Server → client: asks for the credentials of a broker; `null` means none (ANONYMOUS) or refused. */
export const credentials = 'qpidha/credentials';
/** Client → server: the replications of one manifest, or of all that the server knows. */
export const listReplications = 'qpidha/listReplications';
/** Client → server: what is wrong with an address that a user types, or null. */
export const checkAddress = 'qpidha/checkAddress';
/**
 * Client → server: what a broker would really run with that is started with this qpidd.conf alone, as a page of text;
 * null where the file cannot be read.
 */
export const effectiveSettings = 'qpidha/effectiveSettings';
/** Client → server, a notification: the user trusts the workspace from now on. */
export const trustGranted = 'qpidha/trustGranted';

export interface InitializationOptions {
  /** False: the server contacts no broker until `trustGranted`. Editors without such a notion leave it out. */
  readonly trusted?: boolean;
  /** The client has VS Code's command `editor.action.triggerSuggest`. */
  readonly suggestsAgain?: boolean;
}

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
  /** Seconds until the replication must have been seen in the wanted state. Default 30. */
  readonly deadline?: number;
  /** Sends passwords unencrypted to brokers on other machines. */
  readonly allowPlainText?: boolean;
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

export interface ListReplicationsParams {
  readonly uri?: string;
}

/** One entry of a manifest. */
export interface ReplicationEntry {
  readonly uri: string;
  readonly queue: string;
  /** Names of brokers in that manifest. */
  readonly origin: string;
  readonly replica: string;
  /** Zero-based lines, the last one included. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface CheckAddressParams {
  readonly address: string;
}

export interface EffectiveSettingsParams {
  readonly uri: string;
}
