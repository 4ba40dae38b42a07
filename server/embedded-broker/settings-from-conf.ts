import { Secret } from '../amqp/secret';
import {
  type ConfDocument,
  effectiveBoolean,
  effectiveInteger,
  effectiveText,
  settingOf,
} from '../qpidd-conf/model';
import { defaultSettings, type EmbeddedBrokerSettings } from './settings';

/**
 * What the embedded broker obeys of a `qpidd.conf`. A real broker keeps users and passwords elsewhere; here
 * the one of `ha-username` is known, so that brokers of one deployment can log in at each other.
 */
export function settingsFromConf(document: ConfDocument): EmbeddedBrokerSettings {
  const integer = (name: string, otherwise: number): number => {
    const value = effectiveInteger(document, name);
    return Number.isNaN(value) ? otherwise : value;
  };
  const text = (name: string): string => settingOf(document, name)?.text ?? '';
  const seconds = (name: string, otherwise: number): number => {
    const value = settingOf(document, name)?.understood;
    return value?.kind === 'duration' ? value.seconds : otherwise;
  };
  const user = text('ha-username');
  const password = settingOf(document, 'ha-password') && new Secret(text('ha-password'));
  const standard = defaultSettings;
  return {
    port: integer('port', standard.port),
    ha: haMode(document),
    authentication: settingOf(document, 'auth') === undefined || effectiveBoolean(document, 'auth'),
    realm: effectiveText(document, 'realm') ?? standard.realm,
    users: user === '' || password === undefined ? new Map() : new Map([[user, password]]),
    maxConnections: integer('max-connections', standard.maxConnections),
    connectionBacklog: integer('connection-backlog', standard.connectionBacklog),
    maxNegotiateTime: integer('max-negotiate-time', standard.maxNegotiateTime),
    haUsername: user,
    haPassword: password,
    haMechanism: text('ha-mechanism'),
    haBrokersUrl: text('ha-brokers-url'),
    haPublicUrl: text('ha-public-url'),
    haReplicate: replicate(text('ha-replicate')),
    haBackupTimeout: seconds('ha-backup-timeout', standard.haBackupTimeout),
    haFlowMessages: integer('ha-flow-messages', standard.haFlowMessages),
    linkMaintenanceInterval: seconds('link-maintenance-interval', standard.linkMaintenanceInterval),
    linkHeartbeatInterval: seconds('link-heartbeat-interval', standard.linkHeartbeatInterval),
    defaultQueueLimit: integer('default-queue-limit', standard.defaultQueueLimit),
    defaultFlowStopThreshold: integer('default-flow-stop-threshold', standard.defaultFlowStopThreshold),
    defaultFlowResumeThreshold: integer('default-flow-resume-threshold', standard.defaultFlowResumeThreshold),
    mgmtPubInterval: seconds('mgmt-pub-interval', standard.mgmtPubInterval),
  };
}

/** A member of a cluster has queue replication as well. */
function haMode(document: ConfDocument): EmbeddedBrokerSettings['ha'] {
  if (effectiveBoolean(document, 'ha-cluster')) return 'cluster';
  return effectiveBoolean(document, 'ha-queue-replication') ? 'stand-alone' : 'off';
}

function replicate(text: string): EmbeddedBrokerSettings['haReplicate'] {
  return text === 'all' || text === 'configuration' ? text : 'none';
}
