import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrokerError } from '../../server/amqp/broker-error';
import type { ReplicationState } from '../../server/replication/contract';
import { classify } from '../../server/replication/judge/classify';
import type { Observation } from '../../server/replication/observe/observation';
import type {
  LinkView,
  OriginView,
  QueueView,
  ReplicaView,
  SubscriptionView,
} from '../../server/replication/observe/observe';
import { toRef } from '../support/brokers';
import fc from '../support/fast-check';

const second = 1_000_000_000n;
const origin = toRef('node1', 5001);
const replica = toRef('node2', 5002);

const queue: QueueView = {
  created: 100n * second,
  depth: 10,
  enqueued: 10,
  dequeued: 0,
  expired: 0,
  acquired: 0,
  released: 0,
  flowStopped: false,
  consumers: 0,
  bindings: 1,
  durable: false,
  autoDelete: false,
  arguments: {},
};

const link: LinkView = {
  name: 'qpid.ha.link.1',
  host: '127.0.0.1',
  port: 5001,
  transport: 'tcp',
  state: 'Operational',
  lastError: '',
  opened: true,
};

const subscription: SubscriptionView = {
  systemId: 'b',
  session: 'session:qpid.bridge_session_qpid.ha-q:q.1_tag',
  created: 120n * second,
  fromEmpty: true,
};

const replicaView: ReplicaView = {
  ha: { status: 'standalone', systemId: 'b' },
  now: 5000n * second,
  started: 4000n * second,
  connectionLimit: 500,
  queue: { ...queue, created: 4010n * second },
  bridges: [{ name: 'qpid.ha-q:q.1', queue: 'q', created: 4020n * second, link: link.name }],
  links: [link],
  spareLinks: [],
  replicator: 'present',
};

const originView: OriginView = {
  ha: { status: 'standalone', systemId: 'a' },
  now: 1100n * second,
  started: 50n * second,
  connectionLimit: 500,
  queue,
  subscriptions: [subscription],
};

function observed(here: Partial<ReplicaView>, there: Partial<OriginView> = {}): Observation {
  return {
    queue: 'q',
    replica: { broker: replica, view: { ...replicaView, ...here } },
    origin: { broker: origin, view: { ...originView, ...there }, error: undefined },
    linkAddress: undefined,
  };
}

const down = new BrokerError({
  kind: 'unreachable',
  broker: 'node1',
  step: 'connecting',
  text: '127.0.0.1:5001: connection refused',
  advice: 'Check that the broker runs.',
});

const spare: LinkView = { ...link, name: 'qpid.ha.link.2' };
const [bridge] = replicaView.bridges;
const gone = { bridges: [], links: [], replicator: 'absent' } as const;
const linkIs = (change: Partial<LinkView>) => ({ links: [{ ...link, ...change }] });

interface Case {
  readonly title: string;
  readonly here?: Partial<ReplicaView>;
  /** Null: the origin cannot be asked. */
  readonly there?: Partial<OriginView> | null;
  readonly earlier?: { readonly here?: Partial<QueueView>; readonly there?: Partial<QueueView> };
  readonly state: ReplicationState;
  readonly cause?: RegExp;
  readonly next?: RegExp;
}

const cases: readonly Case[] = [
  { title: 'nothing of it', here: gone, there: { subscriptions: [] }, state: 'absent' },
  {
    title: 'a link without a bridge to this origin',
    here: { ...gone, spareLinks: [spare] },
    there: { subscriptions: [] },
    state: 'absent',
    cause: /^a link is left over on node2: no bridge uses it$/,
    next: /`qpidha stop --queue q --origin 127.0.0.1:5001 --replica 127.0.0.1:5002`/,
  },
  {
    title: 'a link without a bridge to another origin',
    here: { ...gone, spareLinks: [{ ...spare, port: 5003 }] },
    there: { subscriptions: [] },
    state: 'absent',
  },
  {
    title: 'a link on its way out',
    here: { ...gone, spareLinks: [{ ...spare, state: 'Closing' }] },
    there: { subscriptions: [] },
    state: 'absent',
  },
  {
    title: 'a subscription that outlives its bridge',
    here: gone,
    state: 'absent',
    cause: /has not yet ended/,
  },
  {
    title: 'a replicator alone',
    here: { bridges: [], links: [] },
    state: 'half-stopped',
    cause: /without its bridge/,
  },
  {
    title: 'a bridge alone',
    here: { replicator: 'absent' },
    state: 'half-stopped',
    cause: /bridge is there without its replicator qpid.ha-q:q/,
    next: /^Rebuild it: `qpidha rebuild --queue q/,
  },
  {
    title: 'a bridge where the replicator may not be looked for',
    here: { replicator: 'unknown' },
    state: 'in-step',
  },
  {
    title: 'a bridge without its link',
    here: { links: [] },
    state: 'half-stopped',
    cause: /without its link/,
  },
  {
    title: 'a deleted link',
    here: linkIs({ state: 'Closed' }),
    state: 'half-stopped',
    cause: /has been deleted/,
  },
  {
    title: 'two bridges',
    here: { bridges: bridge === undefined ? [] : [bridge, { ...bridge, name: 'qpid.ha-q:q.2' }] },
    state: 'doubled',
    cause: /^2 bridges/,
  },
  {
    title: 'a failed link',
    here: linkIs({ state: 'Failed', lastError: 'connection-forced: Authentication failed' }),
    there: null,
    state: 'failed',
    cause: /127.0.0.1:5001 is Failed: connection-forced: Authentication failed; the broker never retries/,
    next: /^The link logs in at node1 with the ha-username.* of node2, not with your login: .* user that node1 knows. Rebuild/,
  },
  {
    title: 'a link that an ACL refuses',
    here: linkIs({ state: 'Failed', lastError: 'ACL denied ha@QPID creating a federation link' }),
    state: 'failed',
    next: /allow "create link" and "consume queue" to ha@QPID in the ACL file of node1/,
  },
  {
    title: 'a link whose mechanism the origin does not offer',
    here: linkIs({ state: 'Failed', lastError: 'connection-forced: Unsupported mechanism' }),
    state: 'failed',
    next: /set ha-mechanism in the qpidd.conf of node2 to one that node1 offers/,
  },
  {
    title: 'a link that failed at the limit of connections',
    here: linkIs({ state: 'Failed', lastError: 'User connection denied by configured limit' }),
    state: 'failed',
    next: /Raise max-connections in the qpidd.conf of node1/,
  },
  {
    title: 'a link that failed for a reason nobody has seen yet',
    here: linkIs({ state: 'Failed', lastError: 'moon in the wrong phase' }),
    state: 'failed',
    next: /^Cure the cause. Rebuild it/,
  },
  {
    title: 'a link to a name that does not resolve over there',
    here: linkIs({ state: 'Waiting', lastError: 'Bad file descriptor' }),
    state: 'connecting',
    next: /node2 can resolve the name of node1/,
  },
  {
    title: 'a primary that was a backup when the replication was started elsewhere',
    here: { ...gone, replicator: 'present', ha: { status: 'active', systemId: 'b' } },
    there: { subscriptions: [] },
    state: 'half-stopped',
    cause: /has become the primary of its cluster.*makes every "replicate" say Duplicate/,
  },
  {
    title: 'a waiting link',
    here: linkIs({ state: 'Waiting', lastError: 'Connection refused', opened: false }),
    there: null,
    state: 'connecting',
    cause: /is Waiting: Connection refused/,
    next: /node2 can reach 127.0.0.1:5001/,
  },
  {
    title: 'a link in its handshake',
    here: linkIs({ opened: false }),
    there: { subscriptions: [] },
    state: 'connecting',
    cause: /not finished its handshake/,
  },
  { title: 'an origin that cannot be asked', there: null, state: 'unverified', cause: /connection refused/ },
  {
    title: 'an origin without HA',
    there: { ha: undefined },
    state: 'origin-without-ha',
    next: /ha-queue-replication=yes/,
  },
  {
    title: 'an origin without the queue',
    there: { queue: undefined },
    state: 'stale',
    cause: /has been deleted on node1/,
  },
  {
    title: 'a link without its subscription',
    there: { subscriptions: [] },
    state: 'stalled',
    cause: /node1 has no subscription qpid.ha-q:q of this replica/,
    next: /"consume queue"/,
  },
  {
    title: 'the subscription of another replica',
    there: { subscriptions: [{ ...subscription, systemId: 'c', session: 'other' }] },
    state: 'stalled',
  },
  {
    title: 'a subscription known by its bridge alone',
    there: { subscriptions: [{ ...subscription, systemId: undefined }] },
    state: 'in-step',
  },
  {
    title: 'a link to another origin',
    here: linkIs({ port: 5003 }),
    there: { subscriptions: [] },
    state: 'absent',
    cause: /node2 replicates "q" from 127.0.0.1:5003 instead/,
  },
  { title: 'a link to an alias of this origin', here: linkIs({ host: 'alias' }), state: 'in-step' },
  {
    title: 'a queue that is newer than its subscription',
    there: { queue: { ...queue, created: 121n * second } },
    state: 'stale',
    cause: /created anew on node1/,
  },
  {
    title: 'a queue that is newer than the replication, reached by a replica that held messages',
    there: {
      queue: { ...queue, created: 1000n * second },
      subscriptions: [{ ...subscription, created: 1001n * second, fromEmpty: false }],
    },
    state: 'stale',
    cause: /is newer than the replication/,
  },
  {
    title: 'a broker that is younger than the replication',
    there: {
      started: 990n * second,
      queue: { ...queue, created: 1000n * second },
      subscriptions: [{ ...subscription, created: 1001n * second, fromEmpty: false }],
    },
    state: 'stale',
    cause: /has been restarted/,
  },
  {
    title: 'the new primary of the origin cluster, which joined after the replication began',
    there: {
      ha: { status: 'active', systemId: 'a2' },
      started: 990n * second,
      queue: { ...queue, created: 1000n * second },
      subscriptions: [{ ...subscription, created: 1001n * second, fromEmpty: false }],
    },
    state: 'in-step',
  },
  {
    title: 'a newer queue, reached by a replica that was empty',
    there: {
      queue: { ...queue, created: 1000n * second },
      subscriptions: [{ ...subscription, created: 1001n * second }],
    },
    state: 'in-step',
  },
  {
    title: 'a replica that reattached and held messages, on an origin that stayed',
    there: { subscriptions: [{ ...subscription, created: 1001n * second, fromEmpty: false }] },
    state: 'in-step',
  },
  {
    title: 'a first look at different depths',
    there: { queue: { ...queue, depth: 15 } },
    state: 'catching-up',
  },
  {
    title: 'a copy that moves',
    there: { queue: { ...queue, depth: 1000 } },
    earlier: { here: { enqueued: 5 }, there: { depth: 1000 } },
    state: 'catching-up',
  },
  {
    title: 'a lag that is younger than the earlier look',
    there: { queue: { ...queue, depth: 15, enqueued: 20 } },
    earlier: {},
    state: 'in-step',
  },
  {
    title: 'removals that are younger than the earlier look',
    there: { queue: { ...queue, depth: 7, dequeued: 3 } },
    earlier: {},
    state: 'in-step',
  },
  {
    title: 'a copy that stands',
    there: { queue: { ...queue, depth: 1510 } },
    earlier: { there: { depth: 1510 } },
    state: 'stalled',
    cause: /lacks 1,500 messages, and nothing moves/,
  },
  {
    title: 'more messages than the origin has',
    there: { queue: { ...queue, depth: 9 } },
    earlier: { there: { depth: 9 } },
    state: 'diverged',
    cause: /holds 1 message more than node1/,
  },
  {
    title: 'consumers on the replica',
    here: { queue: { ...queue, depth: 8, consumers: 1 } },
    earlier: { here: { depth: 8 } },
    state: 'foreign-traffic',
    cause: /lacks 2 messages, and clients consume from it/,
  },
  {
    title: 'clients that have taken messages from the replica and gone',
    here: { queue: { ...queue, depth: 8, acquired: 2, dequeued: 2 } },
    earlier: { here: { depth: 8, acquired: 2, dequeued: 2 } },
    state: 'diverged',
    cause: /clients have taken 2 messages from it since it was created/,
  },
  {
    title: 'a replica queue that flow control has stopped',
    here: { queue: { ...queue, depth: 8, flowStopped: true } },
    earlier: { here: { depth: 8 } },
    state: 'stalled',
    cause: /flow control has stopped the replica queue/,
  },
  {
    title: 'messages that have expired on the replica first',
    here: { queue: { ...queue, depth: 8, expired: 2 } },
    earlier: { here: { depth: 8 } },
    state: 'in-step',
    cause: /2 messages expired on the replica/,
  },
  {
    title: 'a deleted replica queue',
    here: { queue: undefined },
    state: 'half-stopped',
    cause: /no queue "q" on node2/,
  },
];

/** States that need no explanation. */
const healthy = new Set<ReplicationState>(['absent', 'in-step', 'catching-up']);

describe('classify', () => {
  for (const { title, here = {}, there = {}, earlier, state, cause, next } of cases) {
    it(`calls ${title} ${state}`, () => {
      const now = there === null ? unreachable(here) : observed(here, there);
      const seen = classify(now, earlier && before(earlier));
      assert.equal(seen.state, state, seen.cause);
      if (cause !== undefined) assert.match(seen.cause ?? '', cause);
      else if (healthy.has(state)) assert.equal(seen.cause, undefined);
      if (next !== undefined) assert.match(seen.next ?? '', next);
      if (seen.next !== undefined) assert.match(seen.next, /[.!]$/);
    });
  }

  it('reports the depths, and a lag that is never negative', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (here, there) => {
        const seen = classify(
          observed({ queue: { ...queue, depth: here } }, { queue: { ...queue, depth: there } }),
        );
        assert.deepEqual([seen.replicaDepth, seen.originDepth], [here, there]);
        assert.equal(seen.lag, Math.max(0, there - here));
        assert.equal(seen.state, here === there ? 'in-step' : 'catching-up');
      }),
    );
  });

  it('names the whole origin as lag where there is no replica queue', () => {
    const seen = classify(observed({ ...gone, queue: undefined }, { subscriptions: [] }));
    assert.deepEqual([seen.replicaDepth, seen.lag], [undefined, 10]);
  });

  it('does not say that nothing is missing on a replica to which nothing replicates', () => {
    for (const depth of [10, 12]) {
      const seen = classify(observed({ ...gone, queue: { ...queue, depth } }, { subscriptions: [] }));
      assert.deepEqual([seen.state, seen.replicaDepth, seen.lag], ['absent', depth, undefined]);
    }
  });

  it('needs no origin to tell what is left', () => {
    const seen = classify({ ...observed({ bridges: [] }), origin: undefined });
    assert.equal(seen.state, 'half-stopped');
    assert.equal(seen.origin, undefined);
    assert.match(
      seen.next ?? '',
      /^Stop it: `qpidha stop --queue q --replica 127.0.0.1:5002`, and rebuild it/,
    );
  });

  it('quotes in its commands what a shell would take apart', () => {
    const seen = classify({ ...observed({ bridges: [] }), queue: "it's a $queue" });
    assert.match(seen.next ?? '', /--queue 'it'\\''s a \$queue' --origin/);
  });
});

function unreachable(here: Partial<ReplicaView>): Observation {
  return { ...observed(here), origin: { broker: origin, view: undefined, error: down } };
}

/** The look before, at which both queues were as usual but for these changes. */
function before(earlier: NonNullable<Case['earlier']>): Observation {
  return observed({ queue: { ...queue, ...earlier.here } }, { queue: { ...queue, ...earlier.there } });
}
