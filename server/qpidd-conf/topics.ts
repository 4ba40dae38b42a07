import type { Option } from './catalogue';
import { isClusterMember, takesPartInHa } from './ha';
import type { ConfDocument } from './model';

/** What a file makes of its broker, as far as the order of proposals is concerned. */
export type Mode = 'cluster' | 'stand-alone' | 'plain' | 'open';

/** `open`: the file says nothing yet. `plain`: it says something, and nothing of HA. */
export function modeOf(document: ConfDocument): Mode {
  if (isClusterMember(document)) return 'cluster';
  if (takesPartInHa(document)) return 'stand-alone';
  const names = document.settings.map(({ option }) => option.name);
  const touchesHa = names.some((name) => name.startsWith('ha-'));
  return !touchesHa && names.some((name) => !name.includes('module')) ? 'plain' : 'open';
}

/** What options are about. */
interface Topic {
  /** The first to look for, in that order. */
  readonly first: readonly string[];
  /** All others whose names begin so. */
  readonly prefixes: readonly string[];
}

const login = ['ha-username', 'ha-password', 'ha-mechanism'];

/** In the order in which one looks for them, in a broker of each kind. */
const replication: Readonly<Record<Mode, Topic>> = {
  cluster: {
    first: ['ha-brokers-url', 'ha-replicate', 'link-heartbeat-interval', ...login, 'ha-public-url'],
    prefixes: ['ha-', 'link-'],
  },
  'stand-alone': {
    first: ['ha-queue-replication', 'link-heartbeat-interval', ...login],
    prefixes: ['link-'],
  },
  open: {
    first: [
      'ha-queue-replication',
      'ha-cluster',
      'ha-brokers-url',
      'ha-replicate',
      'link-heartbeat-interval',
    ],
    prefixes: ['ha-', 'link-'],
  },
  plain: { first: ['ha-queue-replication', 'ha-cluster'], prefixes: [] },
};

const others: readonly Topic[] = [
  {
    first: ['auth', 'acl-file', 'require-encryption', 'ssl-cert-db', 'ssl-cert-name', 'ssl-port'],
    prefixes: [
      'acl-',
      'ssl-',
      'sasl-',
      'realm',
      'max-connections',
      'connection-limit-',
      'max-queues-per-user',
    ],
  },
  {
    first: ['port', 'interface', 'protocols', 'listen-disable'],
    prefixes: [
      'transport',
      'tcp-',
      'connection-backlog',
      'max-negotiate-time',
      'known-hosts-url',
      'socket-fd',
      'domain',
    ],
  },
  { first: ['log-enable', 'log-to-file', 'log-to-syslog'], prefixes: ['log-', 'syslog-', 'trace'] },
  {
    first: ['data-dir', 'store-dir', 'load-module', 'worker-threads', 'mgmt-enable'],
    prefixes: ['no-data-dir'],
  },
];

/** A text by which options sort: topic by topic, what is most wanted first, what is deprecated last. */
export function topicOrder({ name, deprecated }: Option, mode: Mode): string {
  if (deprecated !== undefined) return `9 ${name}`;
  for (const [number, { first, prefixes }] of [replication[mode], ...others].entries()) {
    const place = first.indexOf(name);
    if (place >= 0) return `${number + 1} ${place} ${name}`;
    if (prefixes.some((prefix) => name.startsWith(prefix))) return `${number + 1} ${first.length} ${name}`;
  }
  return `${others.length + 2} ${name}`;
}
