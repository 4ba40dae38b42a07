import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../server/amqp/secret';
import { startEmbeddedBroker } from '../../server/embedded-broker/embedded-broker';
import { failureOf, tcpPeer } from '../amqp/peers';
import { clientOf, eventually, messages, pair, practice, TestBroker } from './brokers';

/** What of a replicator is deleted, in this order; what is left; and how another `replicate` ends. */
const stops: readonly (readonly [steps: string, left: string, again: 'ok' | 'duplicate'])[] = [
  ['bridge', '0 bridges, links: Operational', 'duplicate'],
  ['link', '0 bridges, links: Closed', 'duplicate'],
  ['bridge link', '0 bridges, links: Closed', 'duplicate'],
  ['link bridge', '0 bridges, links: Closed', 'duplicate'],
  ['exchange', '1 bridges, links: Operational', 'ok'],
  ['bridge exchange', '0 bridges, links: Operational', 'ok'],
  ['exchange bridge', '0 bridges, links: Operational', 'ok'],
  ['link exchange', '0 bridges, links: none', 'ok'],
  ['exchange link', '0 bridges, links: none', 'ok'],
  ['bridge exchange link', '0 bridges, links: none', 'ok'],
  ['bridge link exchange', '0 bridges, links: none', 'ok'],
  ['exchange bridge link', '0 bridges, links: none', 'ok'],
  ['exchange link bridge', '0 bridges, links: none', 'ok'],
  ['link bridge exchange', '0 bridges, links: none', 'ok'],
  ['link exchange bridge', '0 bridges, links: none', 'ok'],
];

describe('After deleting', () => {
  for (const [steps, left, again] of stops) {
    it(`${steps.replaceAll(' ', ', then ')}: ${left}; another replicate: ${again}`, async () => {
      const { a, b, end } = await pair('q');
      await a.send('q', ...messages(5));
      await b.replicate('q', a.address);
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 5,
      );
      const names: Record<string, string> = {
        bridge: String((await b.values('bridge'))[0]?.name),
        link: String((await b.values('link'))[0]?.name),
        exchange: 'qpid.ha-q:q',
      };
      for (const step of steps.split(' ')) await b.delete(step, names[step] ?? '');
      assert.equal(
        await eventually(
          () => b.remains(),
          (remains) => remains === left,
        ),
        left,
      );
      const before = (await b.objects('link')).length;
      if (again === 'ok') await b.replicate('q', a.address);
      else assert.equal((await failureOf(b.replicate('q', a.address))).kind, 'duplicate');
      // One more link in any case: where it is refused, that one serves nobody.
      assert.equal((await b.objects('link')).length, before + 1);
      await end();
    });
  }

  it('the exchange alone, the bridge subscribes again and again, and fails at the next message', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    await b.delete('exchange', 'qpid.ha-q:q');
    await a.send('q', 'late');
    const errors = (): number =>
      b.log.filter((line) => line.includes('Exchange not found: qpid.ha-q:q')).length;
    await eventually(
      async () => errors(),
      (count) => count >= 2,
    );
    assert.ok(errors() >= 2);
    assert.equal(await b.depth('q'), 0);
    assert.equal(await b.remains(), '1 bridges, links: Operational');
    await end();
  });

  it('the exchange alone, another replicate makes two bridges on one replicator', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    await b.delete('exchange', 'qpid.ha-q:q');
    await b.replicate('q', a.address);
    const remains = await eventually(
      () => b.remains(),
      (text) => text.endsWith('Operational Operational'),
    );
    assert.equal(remains, '2 bridges, links: Operational Operational');
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 2,
    );
    assert.equal((await a.objects('subscription')).length, 2);
    await end();
  });

  it('the bridge, it is still listed for a moment', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    const [bridge] = await b.values('bridge');
    const [, listed] = await Promise.all([b.delete('bridge', String(bridge?.name)), b.objects('bridge')]);
    assert.equal(listed.length, 1);
    await eventually(
      () => b.objects('bridge'),
      ({ length }) => length === 0,
    );
    await end();
  });

  it('the replica queue, bridge and exchange are gone and the link stays', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    await b.delete('queue', 'q');
    const wanted = '0 bridges, links: Operational';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    assert.equal((await failureOf(b.delete('exchange', 'qpid.ha-q:q'))).kind, 'not-found');
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 0,
    );
    await end();
  });

  it('a link or a bridge that is not there, all is well', async () => {
    const b = await TestBroker.start();
    await b.delete('link', 'none');
    await b.delete('bridge', 'none');
    await b.end();
  });
});

describe('Starting a replication', () => {
  it('again is refused, and leaks a link with a live connection', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    const error = await failureOf(b.replicate('q', a.address));
    assert.equal(error.text, 'Duplicate queue replicator qpid.ha-q:q');
    const wanted = '1 bridges, links: Operational Operational';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    const federation = async () =>
      (await a.values('connection')).filter(({ protocol }) => protocol === 'AMQP 0-10');
    assert.equal((await eventually(federation, ({ length }) => length === 2)).length, 2);
    await end();
  });

  it('without a queue here fails, and leaves nothing', async () => {
    const b = await TestBroker.start();
    const error = await failureOf(b.replicate('none', '127.0.0.1:1'));
    assert.equal(error.text, 'not-found: Queue not found: none');
    assert.equal(await b.remains(), '0 bridges, links: none');
    await b.end();
  });

  it('from a URL that is none fails, and leaves nothing', async () => {
    const b = await TestBroker.start();
    await b.create('q');
    for (const url of ['amqp://x', 'x:99999', 'x,', '', 'x y']) {
      assert.equal((await failureOf(b.replicate('q', url))).text, `Invalid URL: ${url}`);
    }
    assert.equal(await b.remains(), '0 bridges, links: none');
    await b.end();
  });

  it('from a broker that is not there succeeds, and waits; when it comes, the copy begins', async () => {
    const a = await TestBroker.start();
    const { port } = a.broker;
    await a.end();
    const b = await TestBroker.start();
    await b.create('q');
    await b.replicate('q', a.address);
    const wanted = '1 bridges, links: Waiting';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    assert.equal((await b.values('link'))[0]?.lastError, 'Connection refused');
    const later = await TestBroker.start({ port }, { port });
    await later.create('q');
    await later.send('q', 'x');
    assert.equal(
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 1,
      ),
      1,
    );
    // The error stays though it is overcome.
    assert.equal((await b.values('link'))[0]?.lastError, 'Connection refused');
    await later.end();
    await b.end();
  });

  it('from the second address goes on where the first is dead', async () => {
    const { a, b, end } = await pair('q');
    await a.send('q', 'x');
    await b.replicate('q', `127.0.0.1:1,${a.address}`);
    assert.equal(
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 1,
      ),
      1,
    );
    const [link] = await b.values('link');
    assert.equal(link?.port, a.broker.port);
    assert.equal(link?.lastError, `Failing over to tcp:${a.address}`);
    await end();
  });

  it('where the origin has no such queue succeeds, and then nothing but the link is left', async () => {
    const a = await TestBroker.start();
    const b = await TestBroker.start();
    await b.create('q');
    await b.replicate('q', a.address);
    const wanted = '0 bridges, links: Operational';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    assert.equal((await failureOf(b.delete('exchange', 'qpid.ha-q:q'))).kind, 'not-found');
    await a.create('q');
    await a.send('q', 'x');
    assert.equal(await b.depth('q'), 0);
    await a.end();
    await b.end();
  });

  it('from an origin without HA copies, and never removes', async () => {
    const { a, b, end } = await pair('q', { a: { ha: 'off' } });
    assert.deepEqual(await a.objects('habroker'), []);
    await a.send('q', ...messages(3));
    await b.replicate('q', a.address);
    await eventually(
      () => b.depth('q'),
      (depth) => depth === 3,
    );
    await a.consume('q', 2);
    await a.send('q', 'late');
    assert.equal(
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 4,
      ),
      4,
    );
    assert.equal((await a.objects('subscription')).length, 1);
    await end();
  });

  it('on a broker without HA is unknown', async () => {
    const b = await TestBroker.start({ ha: 'off' });
    const error = await failureOf(b.replicate('q', '127.0.0.1:1'));
    assert.equal(error.kind, 'ha-off');
    assert.equal(error.text, 'No object found with ID=0-0-0--0(org.apache.qpid.ha:habroker:ha-broker)');
    await b.end();
  });

  it('from itself is accepted, and does nothing', async () => {
    const b = await TestBroker.start();
    await b.create('q');
    await b.send('q', ...messages(3));
    await b.replicate('q', b.address);
    await eventually(
      () => b.objects('subscription'),
      ({ length }) => length === 1,
    );
    await b.send('q', 'n');
    assert.deepEqual(await b.bodies('q'), ['m0', 'm1', 'm2', 'n']);
    await b.end();
  });

  it('onto a queue with messages leaves them as ghosts, and skips those with the same ids', async () => {
    const { a, b, end } = await pair('q');
    await b.send('q', 'old1', 'old2');
    await a.send('q', ...messages(4));
    await b.replicate('q', a.address);
    await eventually(
      () => b.depth('q'),
      (depth) => depth === 4,
    );
    assert.deepEqual(await b.bodies('q'), ['old1', 'old2', 'm2', 'm3']);
    await a.consume('q', 4);
    await eventually(
      () => b.depth('q'),
      (depth) => depth === 2,
    );
    assert.deepEqual(await b.bodies('q'), ['old1', 'old2']);
    await end();
  });
});

describe('A link', () => {
  const login = { username: 'ha', password: new Secret('right') };
  const origin = { authentication: true, users: new Map([['ha', new Secret('right')]]) };

  async function failing(replica: object): Promise<readonly [unknown, unknown]> {
    const a = await TestBroker.start(origin, { client: { credentials: login } });
    const b = await TestBroker.start(replica);
    await a.create('q');
    await b.create('q');
    await b.replicate('q', a.address);
    await eventually(
      () => b.values('link'),
      ([link]) => link?.state === 'Failed' || link?.connectionRef !== '',
    );
    await eventually(
      () => b.values('link'),
      ([link]) => link?.state !== 'Connecting',
    );
    const [link] = await eventually(
      () => b.values('link'),
      ([found]) => found?.state === 'Failed',
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    const [later] = await b.values('link');
    assert.equal(later?.state, link?.state);
    await a.end();
    await b.end();
    return [link?.state, link?.lastError];
  }

  it('with a wrong password is Failed, for ever', async () => {
    const wrong = { haUsername: 'ha', haPassword: new Secret('wrong'), haMechanism: 'PLAIN' };
    assert.deepEqual(await failing(wrong), ['Failed', 'connection-forced: Authentication failed']);
  });

  it('without a mechanism that the origin has is Failed, for ever', async () => {
    assert.deepEqual(await failing({}), ['Failed', 'connection-forced: Unsupported mechanism']);
  });

  it('with the right password works', async () => {
    const a = await TestBroker.start(origin, { client: { credentials: login } });
    const b = await TestBroker.start({ haUsername: 'ha', haPassword: login.password, haMechanism: 'PLAIN' });
    await a.create('q');
    await a.send('q', 'x');
    await b.create('q');
    await b.replicate('q', `nobody/nothing@${a.address}`);
    assert.equal(
      await eventually(
        () => b.depth('q'),
        (depth) => depth === 1,
      ),
      1,
    );
    const [connection] = (await a.values('connection')).filter(({ protocol }) => protocol === 'AMQP 0-10');
    assert.equal(connection?.authIdentity, 'ha@QPID');
    await a.end();
    await b.end();
  });

  it('that the origin closes on request is Failed, for ever', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 1,
    );
    const [connection] = (await a.objects('connection')).filter(
      ({ values }) => values.protocol === 'AMQP 0-10',
    );
    await a.client.qmf.call(connection?.name ?? '', 'close', {});
    const [link] = await eventually(
      () => b.values('link'),
      ([found]) => found?.state === 'Failed',
    );
    assert.deepEqual([link?.state, link?.lastError], ['Failed', 'Closed by Management Request']);
    assert.equal((await b.objects('bridge')).length, 1);
    await end();
  });

  it('above the limit of connections at the origin is Failed, and clients are turned away', async () => {
    const a = await TestBroker.start({ maxConnections: 1 });
    const b = await TestBroker.start();
    await a.create('q');
    await b.create('q');
    await b.replicate('q', a.address);
    const [link] = await eventually(
      () => b.values('link'),
      ([found]) => found?.state === 'Failed',
    );
    assert.equal(link?.lastError, 'connection-forced: User connection denied by configured limit');
    const refused = clientOf(a.broker).then((client) => client.qmf.objects('broker'));
    assert.equal((await failureOf(refused)).kind, 'closed');
    await a.end();
    await b.end();
  });

  it('to a host without an answer is closed only when that has ended', async () => {
    const b = await TestBroker.start({ linkHeartbeatInterval: 0.1 });
    await b.create('q');
    const silent = await tcpPeer(() => {});
    await b.replicate('q', `127.0.0.1:${silent.port}`);
    const [link] = await eventually(
      () => b.values('link'),
      ([found]) => found?.state === 'Operational',
    );
    assert.deepEqual(link?.connectionRef, { _object_name: '' });
    await b.delete('link', String(link?.name));
    assert.equal((await b.values('link'))[0]?.state, 'Closing');
    const wanted = '0 bridges, links: Closed';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    silent.close();
    await b.end();
  });
});

describe('A restart', () => {
  it('of an origin whose queue is gone ends the replicator, silently', async () => {
    const { a, b, end } = await pair('q', { b: { linkMaintenanceInterval: 0.5 } });
    await a.send('q', ...messages(2));
    await b.replicate('q', a.address);
    await eventually(
      () => b.depth('q'),
      (depth) => depth === 2,
    );
    const { port } = a.broker;
    await a.end();
    await eventually(
      () => b.values('link'),
      ([link]) => link?.state === 'Waiting',
    );
    assert.equal((await b.values('link'))[0]?.lastError, 'Closed by peer');
    const again = await startEmbeddedBroker({ settings: practice, port });
    const wanted = '0 bridges, links: Operational';
    assert.equal(
      await eventually(
        () => b.remains(),
        (remains) => remains === wanted,
      ),
      wanted,
    );
    assert.deepEqual(await b.bodies('q'), messages(2));
    await again.stop();
    await end();
  });

  it('of an origin whose queue is there again loses messages, silently', async () => {
    const { a, b, end } = await pair('q', { b: { linkMaintenanceInterval: 0.3 } });
    await a.send('q', ...messages(5));
    await b.replicate('q', a.address);
    await eventually(
      () => b.depth('q'),
      (depth) => depth === 5,
    );
    const { port } = a.broker;
    await a.end();
    const again = await TestBroker.start({}, { port });
    await again.create('q');
    await again.send('q', ...messages(3, 'n'));
    await eventually(
      () => again.objects('subscription'),
      ({ length }) => length === 1,
    );
    await again.send('q', ...messages(6, 'n').slice(3));
    await eventually(
      () => b.bodies('q'),
      (bodies) => bodies.includes('n5'),
    );
    assert.deepEqual(await b.bodies('q'), ['m0', 'm1', 'm2', 'n3', 'n4', 'n5']);
    await again.end();
    await end();
  });

  it('of a replica forgets everything', async () => {
    const { a, b, end } = await pair('q');
    await b.replicate('q', a.address);
    const { port } = b.broker;
    await b.end();
    const again = await TestBroker.start({}, { port });
    assert.equal(await again.remains(), '0 bridges, links: none');
    assert.equal(await again.depth('q'), undefined);
    await eventually(
      () => a.objects('subscription'),
      ({ length }) => length === 0,
    );
    await again.end();
    await end();
  });
});
