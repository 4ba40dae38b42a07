import type { Option } from './catalogue';

/** What options are about, in the order in which one looks for them in a broker with replication. */
interface Topic {
  /** The first to look for, in that order. */
  readonly first: readonly string[];
  /** All others whose names begin so. */
  readonly prefixes: readonly string[];
}

const topics: readonly Topic[] = [
  {
    first: [
      'ha-queue-replication',
      'ha-cluster',
      'ha-brokers-url',
      'ha-replicate',
      'link-heartbeat-interval',
    ],
    prefixes: ['ha-', 'link-'],
  },
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
];

/** A text by which options sort: topic by topic, what is most wanted first, what is deprecated last. */
export function topicOrder({ name, deprecated }: Option): string {
  if (deprecated !== undefined) return `9 ${name}`;
  for (const [number, { first, prefixes }] of topics.entries()) {
    const place = first.indexOf(name);
    if (place >= 0) return `${number + 1} ${place} ${name}`;
    if (prefixes.some((prefix) => name.startsWith(prefix))) return `${number + 1} ${first.length} ${name}`;
  }
  return `${topics.length + 1} ${name}`;
}
