import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrokerError } from '../../server/amqp/broker-error';
import {
  type AmqpValue,
  binary,
  double,
  int,
  isMap,
  long,
  mapOf,
  textOf,
  uint,
  ulong,
  uuid,
} from '../../server/amqp/codec/value';
import type { BrokerConnection } from '../../server/amqp/contract';
import { type AgentOptions, agent, connectTo, failureOf, kindOf, type Reply } from './peers';

async function withAgent(
  options: AgentOptions,
  test: (connection: BrokerConnection) => Promise<void>,
): Promise<void> {
  const listener = await agent(options);
  const connection = await connectTo(listener.port, { deadline: 2_000 });
  try {
    await test(connection);
  } finally {
    await connection.close();
    await listener.close();
  }
}

function object(name: string, values: Readonly<Record<string, AmqpValue>>): AmqpValue {
  return mapOf({
    _object_id: mapOf({ _object_name: binary(name) }),
    _schema_id: mapOf({ _class_name: binary('queue') }),
    _create_ts: ulong(1795306997353024786n),
    _update_ts: ulong(1795306997619387657n),
    _delete_ts: ulong(0),
    _values: mapOf(values),
  });
}

const listOf = (...objects: AmqpValue[]): Reply => ({ opcode: '_query_response', body: objects });
const exception = (code: number, text: string): Reply => ({
  opcode: '_exception',
  body: mapOf({ _values: mapOf({ error_code: uint(code), error_text: binary(text) }) }),
});

describe('QMF values', () => {
  const values: readonly (readonly [string, AmqpValue, unknown])[] = [
    ['binary as text', binary('orders'), 'orders'],
    ['eight bytes of text as text, not as an integer', binary('orders12'), 'orders12'],
    ['binary that is no UTF-8 as binary', Buffer.from([0xff, 0xfe]), Buffer.from([0xff, 0xfe])],
    ['a small 64-bit integer as a number', ulong(5), 5],
    ['the largest exact number as a number', ulong(2n ** 53n - 1n), 2 ** 53 - 1],
    ['a larger one as a bigint', ulong(2n ** 53n), 2n ** 53n],
    ['a negative one likewise', long(-(2n ** 60n)), -(2n ** 60n)],
    ['a uuid as text', uuid('d918e181-49d9-4250-a91b-0fe549c8eaa3'), 'd918e181-49d9-4250-a91b-0fe549c8eaa3'],
    ['numbers', double(0.5), 0.5],
    ['lists and null', [int(-3), null, true], [-3, null, true]],
  ];
  for (const [name, sent, expected] of values) {
    it(`read ${name}`, async () => {
      await withAgent({ answer: () => [listOf(object('q', { value: sent }))] }, async ({ qmf }) => {
        const [received] = await qmf.objects('queue');
        assert.deepEqual(received?.values.value, expected);
        assert.equal(received?.created, 1795306997353024786n);
        assert.equal(received?.updated, 1795306997619387657n);
      });
    });
  }

  it('send what they mean', async () => {
    let sent: AmqpValue = null;
    const answer = (request: ReadonlyMap<AmqpValue, AmqpValue>): Reply[] => {
      sent = request.get('_arguments') ?? null;
      return [{ opcode: '_method_response', body: mapOf({ _arguments: mapOf({}) }) }];
    };
    await withAgent({ answer }, async ({ qmf }) => {
      const args = { a: 'x', b: 1, c: -1, d: 2 ** 40, e: 2n ** 63n, f: 1.5, g: [true, null], h: { i: -5n } };
      assert.deepEqual(await qmf.call('object', 'method', args), {});
      const expected = {
        a: 'x',
        b: uint(1),
        c: int(-1),
        d: ulong(2 ** 40),
        e: ulong(2n ** 63n),
        f: double(1.5),
        g: [true, null],
        h: mapOf({ i: long(-5) }),
      };
      assert.deepEqual(sent, mapOf(expected));
    });
  });
});

describe('QMF requests', () => {
  it('put the parts of a reply together', async () => {
    const parts = [0, 1, 2].map((part) => ({ ...listOf(object(`q${part}`, {})), partial: part < 2 }));
    await withAgent({ answer: () => parts }, async ({ qmf }) => {
      const names = (await qmf.objects('queue')).map(({ name }) => name);
      assert.deepEqual(names, ['q0', 'q1', 'q2']);
    });
  });

  it('find no object where there is none', async () => {
    await withAgent({ answer: () => [listOf()] }, async ({ qmf }) => {
      assert.deepEqual(await qmf.objects('nonsense'), []);
      assert.equal(await qmf.object('org.apache.qpid.broker:queue:none'), undefined);
    });
  });

  it('each get their own answer, many at a time', async () => {
    const answer = (request: ReadonlyMap<AmqpValue, AmqpValue>): Reply[] => {
      const args = request.get('_arguments') ?? null;
      return [{ opcode: '_method_response', body: mapOf({ _arguments: args }) }];
    };
    await withAgent({ answer }, async ({ qmf }) => {
      const numbers = Array.from({ length: 500 }, (_, index) => index);
      const replies = await Promise.all(numbers.map((sequence) => qmf.call('broker', 'echo', { sequence })));
      assert.deepEqual(
        replies,
        numbers.map((sequence) => ({ sequence })),
      );
    });
  });

  it('never exceed fifty without an answer', async () => {
    let asked = 0;
    const answer = (): undefined => {
      asked += 1;
      return undefined;
    };
    await withAgent({ answer }, async (connection) => {
      const calls = Array.from({ length: 120 }, () => kindOf(connection.qmf.call('broker', 'echo', {})));
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(asked, 50);
      await connection.close();
      assert.deepEqual([...new Set(await Promise.all(calls))], ['closed']);
    });
  });

  it('fail with timeout when no answer comes', async () => {
    const listener = await agent({});
    const connection = await connectTo(listener.port, { deadline: 100 });
    assert.equal(await kindOf(connection.qmf.call('broker', 'echo', {})), 'timeout');
    await connection.close();
    await listener.close();
  });

  const exceptions: readonly (readonly [number, string, string])[] = [
    [1, 'No object found with ID=0-0-0--0(org.apache.qpid.ha:habroker:ha-broker)', 'ha-off'],
    [1, 'No object found with ID=0-0-0--0(org.apache.qpid.broker:queue:x)', 'not-found'],
    [1, "Query for _what => 'SCHEMA' not supported", 'exception'],
    [2, 'UnknownMethod', 'exception'],
    [6, 'Forbidden', 'forbidden'],
    [7, 'not-found: Queue not found: x (src/qpid/broker/QueueRegistry.cpp:176)', 'not-found'],
    [7, 'object already exists: x', 'duplicate'],
    [7, 'Duplicate queue replicator qpid.ha-q:x (src/qpid/ha/QueueReplicator.cpp:189)', 'duplicate'],
    [7, 'Invalid URL:  (src/qpid/Url.cpp:248)', 'invalid-url'],
    [7, 'unauthorized-access: ACL denied queue create request (src/x.cpp:1)', 'forbidden'],
    [7, 'resource-limit-exceeded: too many queues (src/x.cpp:1)', 'limit'],
    [7, 'precondition-failed: queue not empty', 'exception'],
    [99, 'something new', 'exception'],
  ];
  for (const [code, text, kind] of exceptions) {
    it(`fail with ${kind} for exception ${code} "${text.slice(0, 40)}"`, async () => {
      await withAgent({ answer: () => [exception(code, text)] }, async ({ qmf }) => {
        const error = await failureOf(qmf.call('broker', 'create', {}));
        assert.equal(error.kind, kind);
        assert.equal(error.text, text.replace(/ \(src.*$/, ''));
      });
    });
  }

  it('that are denied fail alone, though the broker overlooks those that follow', async () => {
    const denied =
      'unauthorized-access: ACL denied QMF query of object class queue from eng@QPID (src/x.cpp:2042)';
    const detached = new Set<unknown>();
    const options: AgentOptions = {
      answer: (request, link) => {
        if (detached.has(link)) return undefined;
        const schema = request.get('_schema_id');
        const className = isMap(schema) ? textOf(schema.get('_class_name')) : undefined;
        if (className !== 'queue') return [listOf(object('l', {}))];
        detached.add(link);
        link.close({ condition: 'amqp:precondition-failed', description: denied });
        return undefined;
      },
    };
    await withAgent(options, async ({ qmf }) => {
      const names = ['link', 'queue', 'bridge', 'queue', 'session'];
      const results = await Promise.allSettled(names.map((name) => qmf.objects(name)));
      const found = results.map((result) =>
        result.status === 'fulfilled' ? result.value.length : result.reason,
      );
      assert.deepEqual(
        found.map((value) => (value instanceof BrokerError ? value.kind : value)),
        [1, 'forbidden', 1, 'forbidden', 1],
      );
      assert.doesNotMatch(String(found[1]), /x\.cpp/);
    });
  });

  it('that are lost for another reason fail all', async () => {
    const options: AgentOptions = {
      answer: (_request, link) => {
        link.close({ condition: 'amqp:unauthorized-access', description: 'eng cannot publish' });
        return undefined;
      },
    };
    await withAgent(options, async ({ qmf }) => {
      const both = [kindOf(qmf.objects('link')), kindOf(qmf.call('broker', 'echo', {}))];
      assert.deepEqual(await Promise.all(both), ['forbidden', 'forbidden']);
    });
  });

  it('fail with closed when the broker goes away under them', async () => {
    await withAgent({ answer: (_request, _link, peer) => void peer.destroy() }, async ({ qmf }) => {
      assert.equal(await kindOf(qmf.objects('queue')), 'closed');
    });
  });

  it("fail with the broker's words when it closes the connection", async () => {
    const fault = { condition: 'amqp:internal-error', description: 'Out of Bounds' };
    await withAgent({ answer: (_request, _link, peer) => void peer.close(fault) }, async ({ qmf }) => {
      const error = await failureOf(qmf.objects('queue'));
      assert.deepEqual([error.kind, error.text], ['closed', 'Out of Bounds']);
    });
  });

  it('fail with protocol for a reply that makes no sense', async () => {
    await withAgent({ answer: () => [{ opcode: '_method_response', body: null }] }, async ({ qmf }) => {
      assert.equal(await kindOf(qmf.objects('queue')), 'protocol');
    });
  });

  it('end when they are cancelled', async () => {
    const listener = await agent({});
    const controller = new AbortController();
    const connection = await connectTo(listener.port, { signal: controller.signal });
    const waiting = kindOf(connection.qmf.objects('queue'));
    setTimeout(() => controller.abort(), 20);
    assert.equal(await waiting, 'cancelled');
    await connection.close();
    await listener.close();
  });
});
