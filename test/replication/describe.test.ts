import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEndpoint } from '../../server/address/endpoint';
import { BrokerError } from '../../server/amqp/broker-error';
import type {
  BrokerRef,
  Replication,
  ReplicationStatus,
  StartOutcome,
  StopOutcome,
} from '../../server/replication/contract';
import { type Description, describeStart, describeStop } from '../../server/replication/words/describe';

function broker(name: string): BrokerRef {
  const parsed = parseEndpoint(name);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { name, endpoint: parsed.endpoint };
}

const replication: Replication = {
  queue: 'orders',
  origin: broker('node1'),
  replica: broker('node2'),
  create: 'if-missing',
};

function seen(change: Partial<ReplicationStatus>): ReplicationStatus {
  return {
    queue: 'orders',
    origin: 'node1',
    replica: 'node2',
    state: 'in-step',
    originDepth: 1200,
    replicaDepth: 1200,
    lag: 0,
    links: [],
    cause: undefined,
    next: undefined,
    originError: undefined,
    ...change,
  };
}

const refusal = {
  code: 'no-origin-queue',
  message: 'node1 has no queue "orders".',
  advice: 'Create it.',
} as const;
const failure = {
  kind: 'failed',
  error: new BrokerError({
    kind: 'closed',
    broker: 'node2',
    step: 'replicating',
    advice: 'Try again.',
    text: 'gone',
  }),
  done: ['created the queue'],
  undone: ['deleted the queue'],
  left: ['link L'],
} as const;

const starts: readonly [name: string, outcome: StartOutcome, description: Description][] = [
  [
    'a start that came into step',
    { kind: 'started', createdQueue: true, status: seen({}), warnings: [] },
    {
      severity: 'info',
      message:
        'Replication of "orders" from node1 to node2 is running: in step, 1,200 messages on both brokers.',
      details: [],
    },
  ],
  [
    'a start with a danger ahead',
    { kind: 'started', createdQueue: false, status: seen({}), warnings: ['The queue has a limit.'] },
    {
      severity: 'warning',
      message:
        'Replication of "orders" from node1 to node2 is running: in step, 1,200 messages on both brokers.',
      details: ['The queue has a limit.'],
    },
  ],
  [
    'one that ran already and does not heal',
    {
      kind: 'already-running',
      status: seen({ state: 'diverged', replicaDepth: 1, cause: 'Messages are missing.', next: 'Stop it.' }),
    },
    {
      severity: 'warning',
      message:
        'Replication of "orders" from node1 to node2 was running already: diverged, 1,200 messages on the origin and 1 message on the replica.',
      next: 'Stop it.',
      details: ['Messages are missing.'],
    },
  ],
  [
    'a refusal',
    { kind: 'refused', refusal },
    {
      severity: 'error',
      message: 'Replication of "orders" from node1 to node2 was not started: node1 has no queue "orders".',
      next: 'Create it.',
      details: [],
    },
  ],
  [
    'a failure, with what was done, taken back, and left',
    failure,
    {
      severity: 'error',
      message:
        'Replication of "orders" from node1 to node2 could not be started: gone (node2, while replicating).',
      next: 'Try again.',
      details: ['done: created the queue', 'taken back: deleted the queue', 'still there: link L'],
    },
  ],
];

describe('the description of a start', () => {
  for (const [name, outcome, description] of starts) {
    it(`says in words: ${name}`, () => assert.deepEqual(describeStart(replication, outcome), description));
  }
});

const stops: readonly [outcome: StopOutcome, severity: string, message: RegExp][] = [
  [
    { kind: 'stopped', removed: ['link L'], status: undefined },
    'info',
    /to node2 is stopped\. The replica keeps/,
  ],
  [{ kind: 'not-running' }, 'info', /there is nothing to stop/],
  [{ kind: 'refused', refusal }, 'error', /was not stopped: node1 has no queue/],
  [failure, 'error', /could not be stopped: gone \(node2, while replicating\)/],
];

describe('the description of a stop', () => {
  for (const [outcome, severity, message] of stops) {
    it(`says in words what became of it: ${outcome.kind}`, () => {
      const description = describeStop('orders', 'node2', outcome);
      assert.equal(description.severity, severity);
      assert.match(description.message, message);
    });
  }
});
