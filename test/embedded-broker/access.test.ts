import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccessControl } from '../../server/embedded-broker/access';
import { failureOf, kindOf } from '../amqp/peers';
import { type BrokerKind, brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import { createQueue, send } from '../support/replication';

const brokerObject = 'org.apache.qpid.broker:broker:amqp-broker';

async function withRule(
  kind: BrokerKind,
  rule: string,
  work: (broker: TestBroker) => Promise<void>,
): Promise<void> {
  const broker = await startBroker(kind, { name: 'node1', acl: [rule, 'acl allow all all'] });
  try {
    await work(broker);
  } finally {
    await broker.stop();
  }
}

async function qmfOf(broker: TestBroker) {
  return (await broker.connection()).qmf;
}

interface Case {
  readonly rule: string;
  readonly attempt: (broker: TestBroker) => Promise<unknown>;
  readonly text: RegExp;
}

/** One right that is missing, and what the broker says then. */
const cases: readonly Case[] = [
  {
    rule: 'access query schemaclass=queue',
    attempt: async (broker) => (await qmfOf(broker)).objects('queue'),
    text: /^unauthorized-access: ACL denied QMF query of object class queue from anonymous$/,
  },
  {
    rule: `access query name=${brokerObject}`,
    attempt: async (broker) => (await qmfOf(broker)).object(brokerObject),
    text: /^unauthorized-access: ACL denied QMF query of object org.apache.qpid.broker:broker:amqp-broker from/,
  },
  {
    rule: 'access method name=echo',
    attempt: async (broker) => (await qmfOf(broker)).call(brokerObject, 'echo', { sequence: 1, body: 'x' }),
    text: /^Forbidden$/,
  },
  {
    rule: 'create queue name=x',
    attempt: (broker) => createQueue(broker, 'x'),
    text: /^unauthorized-access: ACL denied queue create request from anonymous$/,
  },
  {
    rule: 'delete queue name=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      return (await qmfOf(broker)).call(brokerObject, 'delete', { type: 'queue', name: 'x', options: {} });
    },
    text: /^unauthorized-access: ACL denied queue delete request from anonymous$/,
  },
  {
    rule: 'purge queue name=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      return (await qmfOf(broker)).call('org.apache.qpid.broker:queue:x', 'purge', { request: 0 });
    },
    text: /^unauthorized-access: ACL denied purge request from anonymous$/,
  },
  {
    rule: 'reroute queue name=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      const args = { request: 0, useAltExchange: false, exchange: 'amq.fanout' };
      return (await qmfOf(broker)).call('org.apache.qpid.broker:queue:x', 'reroute', args);
    },
    text: /^unauthorized-access: ACL denied reroute request from anonymous$/,
  },
  {
    rule: 'move queue name=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      await createQueue(broker, 'y');
      const args = { srcQueue: 'x', destQueue: 'y', qty: 0 };
      return (await qmfOf(broker)).call(brokerObject, 'queueMoveMessages', args);
    },
    text: /^unauthorized-access: ACL denied move request from anonymous$/,
  },
  {
    rule: 'access exchange name=qmf.default.direct',
    attempt: async (broker) => (await qmfOf(broker)).objects('queue'),
    text: /^ACL denied access request to qmf.default.direct from anonymous$/,
  },
  {
    rule: 'access queue name=qmf.default.direct',
    attempt: async (broker) => (await qmfOf(broker)).objects('queue'),
    text: /^ACL denied access request to qmf.default.direct from anonymous$/,
  },
  {
    rule: 'publish exchange name=qmf.default.direct routingkey=broker',
    attempt: async (broker) => (await qmfOf(broker)).objects('queue'),
    text: /^anonymous cannot publish to qmf.default.direct with routing-key broker$/,
  },
  {
    rule: 'create queue name=qpid-ha_*',
    attempt: async (broker) => (await qmfOf(broker)).objects('queue'),
    text: /^unauthorized-access: ACL denied queue create request from anonymous$/,
  },
  {
    rule: 'consume queue name=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      return (await broker.connection()).openReceiver('x', 'browse');
    },
    text: /^ACL denied queue subscribe request from anonymous$/,
  },
  {
    rule: 'publish exchange name=amq.default routingkey=x',
    attempt: async (broker) => {
      await createQueue(broker, 'x');
      await send(broker, 'x', ['m0']);
    },
    text: /^anonymous cannot publish to queue x$/,
  },
];

for (const kind of brokerKinds) {
  describe(`An ACL that denies one thing (${kind})`, () => {
    for (const { rule, attempt, text } of cases) {
      it(`denies ${rule}, in the broker’s words`, () =>
        withRule(kind, `acl deny all ${rule}`, async (broker) => {
          const error = await failureOf(attempt(broker));
          assert.equal(error.kind, 'forbidden');
          assert.match(error.text ?? '', text);
        }));
    }

    it('leaves what was asked beside it alone, and the next requests too', () =>
      withRule(kind, 'acl deny all access query schemaclass=queue', async (broker) => {
        const qmf = await qmfOf(broker);
        const calls = Array.from({ length: 5 }, (_, index) => createQueue(broker, `q${index}`));
        const denied = kindOf(qmf.objects('queue'));
        const more = Array.from({ length: 5 }, (_, index) => createQueue(broker, `more${index}`));
        await Promise.all([...calls, ...more, qmf.objects('link')]);
        assert.equal(await denied, 'forbidden');
        // Each was made, and none twice.
        assert.equal(await kindOf(createQueue(broker, 'more4')), 'duplicate');
        assert.deepEqual(await qmf.objects('bridge'), []);
      }));
  });
}

describe('The rules of an ACL', () => {
  const control = new AccessControl([
    '# a comment',
    'acl deny eve@QPID all',
    'acl allow eng@QPID create queue name=engine-*',
    'acl allow-log all access query schemaclass=queue',
    'acl deny-log all all',
  ]);
  const asked: readonly (readonly [string, string, Parameters<AccessControl['allows']>[1], boolean])[] = [
    ['a pattern fits', 'eng@QPID', { action: 'create', object: 'queue', name: 'engine-1' }, true],
    ['a pattern does not fit', 'eng@QPID', { action: 'create', object: 'queue', name: 'other' }, false],
    [
      'a property fits',
      'bob@QPID',
      { action: 'access', object: 'query', properties: { schemaclass: 'queue' } },
      true,
    ],
    ['a property is missing', 'bob@QPID', { action: 'access', object: 'query' }, false],
    [
      'an earlier rule decides',
      'eve@QPID',
      { action: 'access', object: 'query', properties: { schemaclass: 'queue' } },
      false,
    ],
    ['the user has no realm', 'eng', { action: 'create', object: 'queue', name: 'engine-1' }, true],
  ];
  for (const [name, user, request, allowed] of asked) {
    it(`hold where ${name}`, () => assert.equal(control.allows(user, request), allowed));
  }

  it('deny everything where there are none', () => {
    assert.equal(new AccessControl([]).allows('eng@QPID', { action: 'create', object: 'queue' }), false);
  });
});
