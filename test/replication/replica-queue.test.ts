import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { QmfMap } from '../../server/amqp/contract';
import { replicaProperties, warningsOf } from '../../server/replication/change/replica-queue';
import type { QueueView } from '../../server/replication/observe/observe';
import { toRef } from '../support/brokers';

function queue(args: QmfMap, change: Partial<QueueView> = {}): QueueView {
  return {
    created: 0n,
    depth: 0,
    enqueued: 0,
    dequeued: 0,
    expired: 0,
    acquired: 0,
    released: 0,
    flowStopped: false,
    consumers: 0,
    bindings: 1,
    durable: false,
    autoDelete: false,
    arguments: args,
    ...change,
  };
}

const unlimited = { 'qpid.max_size': 0, 'qpid.flow_stop_size': 0, 'qpid.flow_resume_size': 0 };

describe('the queue for a replica', () => {
  const kinds: readonly QmfMap[] = [
    {},
    { 'qpid.priorities': 10, 'qpid.fairshare': 2, 'qpid.fairshare-3': 4 },
    { 'qpid.last_value_queue_key': 'k' },
    { 'qpid.group_header_key': 'g', 'qpid.shared_msg_group': 1 },
    { 'qpid.paging': true, 'qpid.max_pages_loaded': 8 },
    { 'qpid.browse-only': true },
    { 'qpid.queue_msg_sequence': 'seq' },
    { 'qpid.replicate': 'none', 'qpid.alert_count': 5n, 'my.own': 'value' },
  ];
  for (const kind of kinds) {
    it(`keeps ${JSON.stringify(Object.keys(kind))} and lifts every limit`, () => {
      assert.deepEqual(replicaProperties(queue(kind)), {
        ...kind,
        ...unlimited,
        durable: false,
        'auto-delete': false,
      });
    });
  }

  it('leaves out what limits, filters or ends a queue', () => {
    const limits: QmfMap = {
      'qpid.max_size': 100n,
      'qpid.max_count': 5,
      'qpid.policy_type': 'ring',
      'qpid.flow_stop_count': 4,
      'qpid.flow_resume_count': 2,
      'qpid.flow_stop_size': 80,
      'qpid.flow_resume_size': 70,
      'qpid.auto_delete_timeout': 3,
      'qpid.lifetime-policy': 'delete-on-close',
      'qpid.filter': "a = 'b'",
      'qpid.trace.id': 'x',
      'qpid.trace.exclude': 'y',
      exclusive: true,
    };
    assert.deepEqual(replicaProperties(queue(limits, { durable: true, autoDelete: true })), {
      ...unlimited,
      durable: true,
      'auto-delete': true,
    });
  });
});

describe('warnings of an existing replica queue', () => {
  const replica = toRef('node2', 5002);
  const cases: readonly (readonly [
    title: string,
    here: QueueView,
    there: QueueView,
    warning: RegExp | undefined,
  ])[] = [
    ['a queue without limits', queue(unlimited), queue({}), undefined],
    ['a queue that nobody limited', queue({}), queue({}), /default limit.*broker shuts down/],
    ['a size limit', queue({ 'qpid.max_size': 100n }), queue({}), /has a limit/],
    ['a count limit', queue({ 'qpid.max_count': 5, 'qpid.max_size': 0 }), queue({}), /has a limit/],
    ['a ring', queue({ 'qpid.policy_type': 'ring', 'qpid.max_count': 5 }), queue({}), /is a ring/],
    [
      'another kind',
      queue({ ...unlimited, 'qpid.priorities': 5 }),
      queue({ 'qpid.priorities': 10 }),
      /another kind.*priorities/,
    ],
    [
      'the same kind',
      queue({ ...unlimited, 'qpid.priorities': 10 }),
      queue({ 'qpid.priorities': 10n }),
      undefined,
    ],
    ['a transient copy', queue(unlimited), queue({}, { durable: true }), /not durable/],
    ['a binding', queue(unlimited, { bindings: 2 }), queue({}), /bindings of its own/],
    [
      'a consumer',
      queue(unlimited, { consumers: 1 }),
      queue({}),
      /^Clients consume from the queue "q" on node2/,
    ],
  ];
  for (const [title, here, there, warning] of cases) {
    it(`${warning === undefined ? 'says nothing of' : 'warns of'} ${title}`, () => {
      const warnings = warningsOf('q', replica, here, there);
      assert.equal(warnings.length, warning === undefined ? 0 : 1, warnings.join(' '));
      if (warning !== undefined) assert.match(warnings.join(), warning);
    });
  }

  it('says nothing where a queue is gone', () => {
    assert.deepEqual(warningsOf('q', replica, undefined, queue({})), []);
  });
});
