import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { failureOf } from '../amqp/peers';
import { freePort } from '../support/brokers';
import { eventually, messages, pair, type TestBroker } from './brokers';

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'recordings', name), 'utf8')) as T;
}

interface Stop {
  readonly deletes: readonly ('bridge' | 'exchange' | 'link')[];
  /** Seconds later. */
  readonly afterwards: { readonly links: readonly string[]; readonly bridges: number };
  /** On the replica, though more was sent to the origin. */
  readonly late: readonly string[];
  readonly replicateAgain: string;
}

/** Every order and subset of the deletions that might end a replication. */
describe('What is left of a replication is what qpidd left', () => {
  let a: TestBroker;
  let b: TestBroker;
  let end: () => Promise<void>;
  before(async () => {
    ({ a, b, end } = await pair('unused'));
  });
  after(() => end());

  for (const [index, stop] of read<Stop[]>('stops.json').entries()) {
    it(`after deleting ${stop.deletes.join(', then ')}`, async () => {
      const queue = `s${index}`;
      await Promise.all([a.create(queue), b.create(queue)]);
      await a.send(queue, ...messages(5));
      const known = (await b.values('link')).map(({ name }) => name);
      await b.replicate(queue, a.address);
      await eventually(
        () => b.depth(queue),
        (depth) => depth === 5,
      );
      const ownLinks = async () => (await b.values('link')).filter(({ name }) => !known.includes(name));
      const ownBridges = async () => (await b.values('bridge')).filter(({ src }) => src === queue);
      const names = {
        bridge: String((await ownBridges())[0]?.name),
        exchange: `qpid.ha-q:${queue}`,
        link: String((await ownLinks())[0]?.name),
      };
      for (const type of stop.deletes) await b.delete(type, names[type]);
      await a.send(queue, 'late0', 'late1', 'late2');
      const wanted = { links: [...stop.afterwards.links], bridges: stop.afterwards.bridges };
      const seen = await eventually(
        async () => ({
          links: (await ownLinks()).map(({ state }) => String(state)),
          bridges: (await ownBridges()).length,
        }),
        (found) => JSON.stringify(found) === JSON.stringify(wanted),
      );
      assert.deepEqual(seen, wanted);
      assert.deepEqual(await b.bodies(queue), stop.late);
      if (stop.replicateAgain === 'ok') await b.replicate(queue, a.address);
      else {
        const error = await failureOf(b.replicate(queue, a.address));
        const text = stop.replicateAgain.replace('QUEUE', queue).replace(/ \(src.*/, '');
        assert.equal(error.text, text);
      }
      await b.delete('queue', queue);
      for (const { name } of await ownLinks()) await b.delete('link', String(name));
    });
  }
});

interface Address {
  readonly url: string;
  readonly reply: string;
  readonly link?: {
    readonly state: string;
    readonly lastError: string;
    readonly host: string;
    readonly port: string;
    readonly transport: string;
  };
}

/** Every way to write an address. */
describe('The link of an address is what it was at qpidd', () => {
  let a: TestBroker;
  let b: TestBroker;
  let end: () => Promise<void>;
  let closed = 0;
  before(async () => {
    ({ a, b, end } = await pair('unused'));
    closed = await freePort();
  });
  after(() => end());

  /** What a broker with other libraries says in other words. */
  const system = /NSS error|Bad file descriptor/;

  for (const [index, { url, reply, link }] of read<Address[]>('addresses.json').entries()) {
    // Real brokers hesitate longer before they try the second address than the recorder watched.
    const state =
      link?.state === 'Waiting' && url.includes('ORIGIN') && url.includes(',') ? undefined : link?.state;
    it(`with ${JSON.stringify(url)}`, async () => {
      const fill = (text: string): string =>
        text.replaceAll('ORIGIN', String(a.broker.port)).replaceAll('CLOSED', String(closed));
      const queue = `u${index}`;
      await Promise.all([a.create(queue), b.create(queue)]);
      const done = b.replicate(queue, fill(url));
      if (link === undefined) {
        assert.equal((await failureOf(done)).text, fill(reply).replace(/ \(src.*/s, ''));
        assert.deepEqual(await b.values('link'), []);
        return;
      }
      await done;
      const [seen] = await eventually(
        () => b.values('link'),
        ([found]) =>
          state === undefined || (found?.state === state && String(found?.port) === fill(link.port)),
      );
      if (state !== undefined) {
        const { host, port, transport } = link;
        assert.deepEqual(
          [seen?.host, String(seen?.port), seen?.transport, seen?.state],
          [host, fill(port), transport, state],
        );
        if (!system.test(link.lastError)) assert.equal(seen?.lastError, fill(link.lastError));
      }
      await b.delete('exchange', `qpid.ha-q:${queue}`);
      await b.delete('link', String(seen?.name));
      await eventually(
        () => b.values('link'),
        (found) => found.length === 0,
      );
    });
  }
});
