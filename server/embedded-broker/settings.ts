import type { Secret } from '../amqp/secret';
import type { AccessControl } from './access';

/** The part of a broker's configuration that the embedded broker obeys. Defaults are those of qpidd. */
export interface EmbeddedBrokerSettings {
  readonly port: number;
  /** `ha-queue-replication` makes it stand-alone, `ha-cluster` a cluster member that waits for its promotion. */
  readonly ha: 'off' | 'stand-alone' | 'cluster';
  /** `auth` */
  readonly authentication: boolean;
  readonly realm: string;
  /** Passwords by user name; a real broker keeps them outside of its configuration. */
  readonly users: ReadonlyMap<string, Secret>;
  /** Without, everybody may do everything. */
  readonly access?: AccessControl;
  /** 0: no limit. */
  readonly maxConnections: number;
  readonly connectionBacklog: number;
  /** Milliseconds for a client to log in. */
  readonly maxNegotiateTime: number;
  /** What the broker logs in with at an origin. */
  readonly haUsername: string;
  readonly haPassword: Secret | undefined;
  readonly haMechanism: string;
  readonly haBrokersUrl: string;
  readonly haPublicUrl: string;
  readonly haReplicate: 'none' | 'configuration' | 'all';
  /** Seconds for which a new primary waits for the backups of the former one. */
  readonly haBackupTimeout: number;
  /** Messages that an origin sends ahead of the replica's acknowledgements. */
  readonly haFlowMessages: number;
  /** Seconds. */
  readonly linkMaintenanceInterval: number;
  /** Seconds. */
  readonly linkHeartbeatInterval: number;
  /** Bytes; 0: no limit. */
  readonly defaultQueueLimit: number;
  /** Percent of a queue's limit; 0: producers are never stopped. */
  readonly defaultFlowStopThreshold: number;
  readonly defaultFlowResumeThreshold: number;
  /** Seconds. */
  readonly mgmtPubInterval: number;
}

export const defaultSettings: EmbeddedBrokerSettings = {
  port: 5672,
  ha: 'off',
  authentication: true,
  realm: 'QPID',
  users: new Map(),
  maxConnections: 500,
  connectionBacklog: 10,
  maxNegotiateTime: 10_000,
  haUsername: '',
  haPassword: undefined,
  haMechanism: '',
  haBrokersUrl: '',
  haPublicUrl: '',
  haReplicate: 'none',
  haBackupTimeout: 10,
  haFlowMessages: 1_000,
  linkMaintenanceInterval: 2,
  linkHeartbeatInterval: 120,
  defaultQueueLimit: 104_857_600,
  defaultFlowStopThreshold: 80,
  defaultFlowResumeThreshold: 70,
  mgmtPubInterval: 10,
};
