import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freePort } from '../support/brokers';
import { eventually, TestBroker } from './brokers';
import { ManualScheduler } from './manual-scheduler';

const refused = /disconnected from .*Connection refused/;

/** A broker with a replication whose origin does not run, and a clock of its own. */
async function withLink(
  work: (broker: TestBroker, clock: ManualScheduler, attempts: () => number) => Promise<void>,
): Promise<void> {
  const clock = new ManualScheduler();
  const broker = await TestBroker.start({ linkMaintenanceInterval: 2 }, { scheduler: clock });
  await broker.create('q');
  await broker.replicate('q', `127.0.0.1:${await freePort()}`);
  const attempts = (): number => broker.log.filter((line) => refused.test(line)).length;
  await eventually(
    async () => attempts(),
    (count) => count === 1,
  );
  try {
    await work(broker, clock, attempts);
  } finally {
    await broker.end();
  }
}

/** The seconds until the link tries again; it must be waiting. */
async function untilNextAttempt(
  broker: TestBroker,
  clock: ManualScheduler,
  attempts: () => number,
): Promise<number> {
  const [before, start] = [attempts(), clock.seconds];
  for (;;) {
    clock.pass(2);
    const [link] = await broker.values('link');
    if (link?.state === 'Waiting' && attempts() === before) continue;
    await eventually(
      async () => attempts(),
      (count) => count > before,
    );
    return clock.seconds - start;
  }
}

describe('A link whose origin does not answer', () => {
  it('waits twice as long each time, as far as 64 seconds', () =>
    withLink(async (broker, clock, attempts) => {
      const waits: number[] = [];
      for (let attempt = 0; attempt < 8; attempt += 1) {
        waits.push(await untilNextAttempt(broker, clock, attempts));
      }
      assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 64, 64]);
      const [link] = await broker.values('link');
      assert.equal(link?.lastError, 'Connection refused');
    }));

  it('does nothing at all while no time passes', () =>
    withLink(async (_broker, _clock, attempts) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(attempts(), 1);
    }));
});

describe('A link that was refused for good', () => {
  it('stays Failed, however long it takes, and keeps its reason', async () => {
    const clock = new ManualScheduler();
    const origin = await TestBroker.start({ authentication: false });
    const replica = await TestBroker.start({ linkMaintenanceInterval: 2 }, { scheduler: clock });
    await Promise.all([origin.create('q'), replica.create('q')]);
    await replica.replicate('q', origin.address);
    await eventually(
      () => origin.objects('subscription'),
      (found) => found.length === 1,
    );
    const [own] = (await origin.objects('connection')).filter(
      ({ values }) => values.protocol === 'AMQP 0-10',
    );
    await origin.client.qmf.call(own?.name ?? '', 'close', {});
    const failed = await eventually(
      async () => (await replica.values('link'))[0],
      (link) => link?.state === 'Failed',
    );
    assert.match(String(failed?.lastError), /Closed by Management Request/);
    clock.pass(24 * 60 * 60);
    const [later] = await replica.values('link');
    assert.deepEqual([later?.state, later?.lastError], ['Failed', failed?.lastError]);
    assert.equal((await origin.objects('subscription')).length, 0);
    await assert.rejects(replica.replicate('q', origin.address), /Duplicate/);
    await Promise.all([origin.end(), replica.end()]);
  });
});
