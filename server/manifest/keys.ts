import type { YamlKey } from '../yaml/keys';

/** The keys of a manifest, one table a level: what may be written, and what it means. */

export const formatVersion = 1;

export const manifestKeys = [
  {
    key: 'version',
    required: true,
    type: 'the number 1',
    summary: 'Version of this format.',
    choices: [{ value: '1', summary: 'The only version there is.' }],
  },
  {
    key: 'brokers',
    required: true,
    type: 'a mapping from names to brokers',
    summary: 'The brokers that take part, under names of your choice.',
  },
  {
    key: 'replications',
    required: false,
    type: 'a list of replications',
    summary: 'The queues to replicate, each from one broker to another.',
  },
  {
    key: '$schema',
    required: false,
    type: 'text',
    summary: 'Where an editor finds the JSON schema of this format. Has no other effect.',
  },
] as const satisfies readonly YamlKey[];

export const brokerKeys = [
  {
    key: 'address',
    required: true,
    type: 'text: `host[:port]`',
    summary:
      'Where we reach the broker: `host`, `host:port`, or `amqps://host` for TLS. The default port is 5672. Several, separated by commas, are the members of one cluster. Never a user name or a password.',
  },
  {
    key: 'config',
    required: false,
    type: 'text, or a list of texts',
    summary:
      "The broker's `qpidd.conf`, relative to this file; for a cluster the list of its members' files. Lets them be checked together with this manifest.",
  },
  {
    key: 'primaryScript',
    required: false,
    type: 'text',
    summary: 'The script that promotes a member of the cluster (`qpidd-primary`), relative to this file.',
  },
  {
    key: 'clusterConf',
    required: false,
    type: 'text',
    summary: "The cluster manager's `cluster.conf`, relative to this file.",
  },
] as const satisfies readonly YamlKey[];

export const replicationKeys = [
  {
    key: 'queue',
    required: true,
    type: 'text',
    summary: 'The queue to replicate. The replica has the same name: the broker knows no other way.',
  },
  {
    key: 'from',
    required: true,
    type: 'the name of a broker',
    summary: 'The origin: the broker whose queue is copied.',
  },
  {
    key: 'to',
    required: true,
    type: 'the name of a broker',
    summary: 'The replica broker: it gets a queue that is kept equal to the origin.',
  },
  {
    key: 'linkAddress',
    required: false,
    type: 'text: a broker URL',
    summary:
      "How the replica broker reaches the origin, when that is not the origin's `address`. In the broker's own grammar: `host:port`, `ssl:host:port`, several separated by commas; no `amqp://`.",
  },
  {
    key: 'create',
    required: false,
    type: '`if-missing` or `never`',
    summary: 'What to do when the replica broker has no such queue.',
    choices: [
      { value: 'if-missing', summary: "Create it, with the origin's kind and arguments." },
      { value: 'never', summary: 'Refuse to start: the queue must be there, and empty.' },
    ],
    fallback: 'if-missing',
  },
  {
    key: 'state',
    required: false,
    type: '`running` or `stopped`',
    summary: 'What is wanted.',
    choices: [
      { value: 'running', summary: 'The queue is replicated.' },
      { value: 'stopped', summary: 'The queue is not replicated, and the entry is kept for later.' },
    ],
    fallback: 'running',
  },
] as const satisfies readonly YamlKey[];
