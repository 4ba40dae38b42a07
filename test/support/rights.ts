/** The least rights that each verb needs on a broker that denies all else: what docs/engine.md tells. */

/** What follows `acl allow USER`; `%` stands for the queue. */
export interface Rights {
  readonly origin: readonly string[];
  readonly replica: readonly string[];
}

/** Without `optional` rights a verb does what it is to do all the same, unless something is amiss. */
export interface VerbRights extends Rights {
  readonly optional?: Partial<Rights>;
}

/** For every verb, on every broker that is asked. */
const asking = [
  'access exchange name=qmf.default.direct',
  'access queue name=qmf.default.direct',
  'publish exchange name=qmf.default.direct routingkey=broker',
  'access exchange name=qpid-ha_*',
  'access queue name=qpid-ha_*',
  'create queue name=qpid-ha_*',
  'consume queue name=qpid-ha_*',
  'access query',
];

/** To see a replicator, which no query shows. */
const looking = ['access method name=delete', 'unbind exchange name=qpid.ha-q:*'];

const stopping = ['access method name=delete', 'delete exchange name=qpid.ha-q:*'];

/** To take back what has failed, and to clear what was left over. */
const clearing = [...looking, 'delete exchange name=qpid.ha-q:*', 'delete queue name=%'];

const creating = ['access method name=create', 'create queue name=%'];

const replicating = ['access method name=replicate'];

const reading = ['access exchange name=%', 'access queue name=%', 'consume queue name=%'];

const moving = ['access method name=queueMoveMessages', 'move queue name=%'];

const recreating = [
  ...moving,
  'move queue name=%~usable',
  ...creating,
  'create queue name=%~usable',
  'delete queue name=%',
  'delete queue name=%~usable',
];

const looksForReplicators = { replica: ['unbind exchange name=qpid.ha-q:*'] };

/** Of the user as whom the link of a replica broker logs in. */
export const linkRights: Rights = {
  origin: ['create link', 'consume queue name=%'],
  replica: ['publish exchange name=qpid.ha-q:*'],
};

export const rightsOf = {
  status: { origin: asking, replica: asking, optional: { replica: looking } },
  start: {
    origin: asking,
    replica: [...asking, ...creating, ...replicating],
    optional: { replica: clearing },
  },
  stop: {
    origin: [],
    replica: [...asking, ...stopping],
    optional: { origin: asking, ...looksForReplicators },
  },
  verify: { origin: [...asking, ...reading], replica: [...asking, ...reading] },
  'keep-usable': {
    origin: [],
    replica: [...asking, ...stopping, ...recreating],
    optional: { origin: asking, ...looksForReplicators },
  },
  rebuild: {
    origin: asking,
    replica: [...asking, ...replicating, ...moving, 'access method name=create', 'create queue name=%.*'],
    optional: { replica: [...clearing, 'create queue name=%'] },
  },
  discard: {
    origin: asking,
    replica: [...asking, ...replicating, 'access method name=purge', 'purge queue name=%'],
    optional: { replica: [...clearing, ...creating] },
  },
  cutover: {
    origin: [...asking, ...reading],
    replica: [...asking, ...stopping, ...reading, ...recreating],
    optional: looksForReplicators,
  },
} as const satisfies Record<string, VerbRights>;

export type Verb = keyof typeof rightsOf;
