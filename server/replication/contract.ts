/** What the engine takes and what it reports: shared by every verb and every door. */
import type { Endpoint } from '../address/endpoint';
import type { BrokerError } from '../amqp/broker-error';
import type { BrokerConnection } from '../amqp/contract';
import type { DangerId } from './dangers';

/** A broker as the user names it. */
export interface BrokerRef {
  /** Name in the manifest, or the address. */
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** One (queue, origin, replica) triple. */
export interface Replication {
  readonly queue: string;
  readonly origin: BrokerRef;
  readonly replica: BrokerRef;
  /** How the replica broker reaches the origin (the broker's URL grammar), when it is not the origin's endpoint. */
  readonly linkAddress?: string;
  /** `never`: refuse instead of creating a missing replica queue. */
  readonly create: 'if-missing' | 'never';
}

/**
 * What is to be stopped: the replica broker and the queue say it all. The origin, when it is named, is looked at
 * afterwards, and tells which left-over links are this replication's.
 */
export interface StopTarget {
  readonly queue: string;
  readonly replica: BrokerRef;
  readonly origin?: BrokerRef;
  readonly linkAddress?: string;
}

/** What a door provides to the engine. */
export interface EngineContext {
  /** Opens, or returns the open, connection to a broker. Throws `BrokerError`. The door closes them. */
  connection(broker: BrokerRef): Promise<BrokerConnection>;
  readonly signal: AbortSignal;
  /** Milliseconds until the replication must have been seen in the wanted state. */
  readonly deadline: number;
  onEvent(event: EngineEvent): void;
}

/** Everything that an engine does or waits for, as it happens. */
export type EngineEvent =
  /** Looking or waiting; nothing is changed. */
  | { readonly type: 'look'; readonly broker: string; readonly text: string }
  /** A change that has been made on a broker. */
  | { readonly type: 'change'; readonly broker: string; readonly action: StepAction; readonly text: string }
  /** Messages still missing on the replica; `total` is the origin's depth. */
  | { readonly type: 'progress'; readonly copied: number; readonly total: number };

export type StepAction =
  | 'create-queue'
  | 'delete-queue'
  | 'replicate'
  | 'delete-bridge'
  | 'delete-replicator'
  | 'delete-link'
  | 'move-messages'
  | 'purge-queue'
  | 'create-binding';

export type ReplicationState =
  /** Nothing of it is there. */
  | 'absent'
  /** The link is not up: waiting to retry, or still in its handshake. */
  | 'connecting'
  | 'catching-up'
  | 'in-step'
  /** Linked, but the origin has no subscription, or nothing moves. */
  | 'stalled'
  /** The link is in its final state `Failed`: only a stop and a start help. */
  | 'failed'
  /** A bridge, link or replicator is left over from an unclean stop. */
  | 'half-stopped'
  /** More than one bridge feeds the replica. */
  | 'doubled'
  /** The origin queue was deleted or re-created, or its broker restarted, after the replication began. */
  | 'stale'
  /** Somebody else reads from the replica, or sends to it: what is taken is missing there, what is sent gets lost. */
  | 'foreign-traffic'
  /** The replica lacks messages, or holds some, for a reason that is not the replication's: it does not heal. */
  | 'diverged'
  /** Copies, but never removes: the origin broker has no HA. */
  | 'origin-without-ha'
  /** All is well on the replica broker, and the origin broker could not be asked. */
  | 'unverified';

export interface LinkStatus {
  readonly name: string;
  /** The broker's word: Connecting, Operational, Waiting, Failed, Closed, Closing. */
  readonly state: string;
  /** `host:port` in use now. */
  readonly address: string;
  readonly lastError: string | undefined;
}

/** A replication as seen on both brokers at one moment. */
export interface ReplicationStatus {
  readonly queue: string;
  /** Names as the user gave them; the origin is the link's address where only the replica broker was named. */
  readonly origin: string | undefined;
  readonly replica: string;
  readonly state: ReplicationState;
  /** Messages on each queue; undefined where there is no such queue or the broker could not be asked. */
  readonly originDepth: number | undefined;
  readonly replicaDepth: number | undefined;
  /**
   * Messages of the origin that the replica lacks at least. Undefined where the depths cannot tell: the origin was not
   * asked, or the replica holds as many and need not hold the same, for nothing replicates to it.
   */
  readonly lag: number | undefined;
  readonly links: readonly LinkStatus[];
  /** Why it is in this state, with the broker's words where it has any. */
  readonly cause: string | undefined;
  /** The next thing to do, as a sentence with a command where there is one. */
  readonly next: string | undefined;
  /** Set when the origin broker could not be asked; the rest is then the replica's view alone. */
  readonly originError: BrokerError | undefined;
}

export type RefusalCode =
  | 'ha-off-on-origin'
  | 'ha-off-on-replica'
  | 'not-serving'
  | 'no-origin-queue'
  | 'no-replica-queue'
  | 'replica-not-empty'
  | 'replicated-from-elsewhere'
  | 'unfinished-replicator'
  | 'same-broker'
  | 'cycle'
  | 'connection-limit'
  | 'reserved-name'
  | 'invalid-link-address'
  /** A danger that was not accepted: `danger` tells which. */
  | 'danger'
  /** Nothing replicates the queue, and nothing is to be completed. */
  | 'not-replicating'
  /** The two queues did not become equal in time. */
  | 'not-drained'
  /** The two queues were compared, and differ. */
  | 'queues-differ'
  /** Others hold on to a queue that must be created anew. */
  | 'queue-in-use'
  /** An earlier run of another verb left the queue's messages elsewhere, and has to be completed first. */
  | 'half-made';

/** A verb that would lose messages or cannot work does nothing, and says why and what to do. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly danger?: DangerId;
  readonly message: string;
  readonly advice: string;
}

export type StartOutcome =
  | {
      readonly kind: 'started';
      readonly createdQueue: boolean;
      readonly status: ReplicationStatus;
      /** What will go wrong later, as sentences: a limit on the replica queue, another writer to it. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'already-running'; readonly status: ReplicationStatus }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | FailedOutcome;

export type StopOutcome =
  /** `removed`: what was deleted on the replica broker, each as `bridge qpid.ha-q:…`. */
  | {
      readonly kind: 'stopped';
      readonly removed: readonly string[];
      readonly status: ReplicationStatus | undefined;
      /** The queue was created anew with its messages: it may be an origin. */
      readonly usable?: boolean;
      /** Messages on both queues when they were found equal, before the stop. */
      readonly drained?: number | undefined;
      readonly warnings?: readonly string[];
    }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | FailedOutcome;

/** What was begun, what of it was taken back, and what is still there. Nothing half-done is left unsaid. */
export interface FailedOutcome {
  readonly kind: 'failed';
  readonly error: BrokerError;
  readonly done: readonly string[];
  readonly undone: readonly string[];
  readonly left: readonly string[];
}
