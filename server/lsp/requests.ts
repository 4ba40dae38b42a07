/** The language server's own requests. The client imports these types and nothing else of the server. */

/** Client → server: method names with their parameters and results. */
export const startReplication = 'qpidha/startReplication';
export const stopReplication = 'qpidha/stopReplication';
export const replicationStatus = 'qpidha/replicationStatus';
export const verifyReplication = 'qpidha/verifyReplication';
export const rebuildReplica = 'qpidha/rebuildReplica';
export const cutOverReplication = 'qpidha/cutOverReplication';
export const reverseReplication = 'qpidha/reverseReplication';
/** Client → server: what would have to be done to make a manifest true. Changes nothing. */
export const planManifest = 'qpidha/planManifest';
/** Client → server: carries a plan out that `planManifest` has given, unless the world has changed since. */
export const applyPlan = 'qpidha/applyPlan';
/** Client → server: watches a manifest, and tells by `watchEvent`, until the request is cancelled. */
export const watchManifest = 'qpidha/watchManifest';
/** Server → client, a notification: something has changed that a watch was to tell. */
export const watchEvent = 'qpidha/watchEvent';
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

/** Of every request that works on brokers. */
export interface LiveParams {
  /** Seconds until the replication must have been seen in the wanted state. Default 30. */
  readonly deadline?: number;
  /** Sends passwords unencrypted to brokers on other machines. */
  readonly allowPlainText?: boolean;
  /** Reported through `$/progress` with `{ message, percentage? }`. */
  readonly workDoneToken?: string | number;
  /** Dangers that the user has accepted, each by its name; those that the verb does not know count for nothing. */
  readonly accept?: readonly string[];
}

export interface ReplicationParams extends LiveParams {
  readonly target: ReplicationTarget;
}

export interface StopParams extends ReplicationParams {
  /** Wait first until both queues are equal. */
  readonly drain?: boolean;
  /** Create the queue anew afterwards, with its messages, so that it may be an origin. */
  readonly keepUsable?: boolean;
}

export interface RebuildParams extends ReplicationParams {
  /** Delete the old content instead of moving it aside. */
  readonly discard?: boolean;
}

export interface PlanParams extends LiveParams {
  /** Of the manifest. */
  readonly uri: string;
}

export interface ApplyParams extends LiveParams {
  /** As `planManifest` has given it. */
  readonly plan: string;
}

export interface WatchParams extends LiveParams {
  /** Of the manifest. */
  readonly uri: string;
  /** Start again what the manifest wants and what does not run: only empty replicas, or also those with content. */
  readonly heal?: 'empty' | 'rebuild';
  /** Seconds between looks while no broker tells of anything. Default 2. */
  readonly interval?: number;
}

export interface ReplicationResult {
  readonly severity: 'info' | 'warning' | 'error';
  /** One sentence: what is true now. */
  readonly message: string;
  /** What to do next, where there is something. */
  readonly next?: string;
  /** The full report for the output channel, line by line. */
  readonly details: readonly string[];
  /** The verb, for the same replication, that `next` advises. */
  readonly nextVerb?: NextVerb;
  /** Nothing was done, for this has not been accepted. */
  readonly danger?: DangerNotice;
}

export type NextVerb = 'start' | 'stop' | 'status' | 'rebuild';

/** What the user has to accept by name before a verb goes on. */
export interface DangerNotice {
  /** `producers-active` */
  readonly id: string;
  /** What is lost, or may be, as a sentence. */
  readonly risk: string;
  /** What makes the danger go away, as a sentence. */
  readonly instead: string;
}

export interface PlanResult extends ReplicationResult {
  /** Undefined where no plan could be made. */
  readonly plan?: {
    /** The plan as a page to read. */
    readonly page: string;
    /** How many steps change something. */
    readonly changes: number;
    /** For `applyPlan`. */
    readonly saved: string;
    /** Each once: what has to be accepted before the plan can be carried out. */
    readonly dangers: readonly PlannedDanger[];
  };
}

export interface PlannedDanger extends DangerNotice {
  /** The replications that it is about, as `"orders" on node2`. */
  readonly about: readonly string[];
}

export interface WatchEventParams {
  /** Of the manifest. */
  readonly uri: string;
  readonly kind: string;
  readonly severity: 'info' | 'warning' | 'error';
  /** A sentence. */
  readonly message: string;
  readonly next?: string;
  readonly nextVerb?: NextVerb;
  /** What it is about, where it is about one replication. */
  readonly target?: ReplicationTarget;
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
