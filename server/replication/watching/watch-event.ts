/** What a watch tells, each thing once. */

export type WatchKind =
  /** How things were at the beginning. */
  | 'watching'
  | 'manifest-changed'
  /** The manifest cannot be used as it is now. */
  | 'manifest-broken'
  | 'broker-gone'
  | 'broker-back'
  | 'origin-restarted'
  | 'replica-restarted'
  /** Another member of a cluster has become its primary. */
  | 'failover'
  | 'queue-deleted'
  | 'queue-recreated'
  /** The link waits to retry, or is in its handshake. */
  | 'link-down'
  | 'link-failed'
  /** Nothing of it is left, or it never ran. */
  | 'not-running'
  | 'half-stopped'
  | 'doubled'
  | 'stale'
  | 'diverged'
  | 'stalled'
  | 'origin-without-ha'
  | 'unverified'
  | 'foreign-traffic'
  | 'foreign-consumer'
  | 'foreign-producer'
  /** It runs, and somebody has started it anew since the last look. */
  | 'replication-restarted'
  | 'running'
  /** It runs, and something beside it is wrong. */
  | 'remark'
  /** It runs, and the manifest wants it stopped. */
  | 'not-stopped'
  | 'healing'
  | 'healed'
  | 'heal-refused'
  | 'heal-failed';

export interface WatchEvent {
  readonly kind: WatchKind;
  readonly severity: 'info' | 'warning' | 'error';
  /** A sentence. */
  readonly message: string;
  /** What to do next, as a sentence with a command where there is one. */
  readonly next?: string | undefined;
  /** What it is about, as far as it is about one of them. */
  readonly broker?: string | undefined;
  readonly queue?: string | undefined;
  readonly origin?: string | undefined;
  readonly replica?: string | undefined;
}
