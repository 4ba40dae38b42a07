import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  deadlineIn,
  neverAborted,
  pause,
  poll,
  stopIfCancelled,
  within,
} from '../../server/replication/patience';

describe('patience', () => {
  it('ends a pause when it is cancelled, even beforehand', async () => {
    const cancel = new AbortController();
    const pausing = pause(1_000_000, cancel.signal);
    cancel.abort();
    await pausing;
    await pause(1_000_000, cancel.signal);
  });

  it('polls until there is a result', async () => {
    let looks = 0;
    const result = await poll(
      async () => {
        looks += 1;
        return looks === 4 ? 'four' : undefined;
      },
      deadlineIn(1_000_000),
      neverAborted,
    );
    assert.equal(result, 'four');
  });

  it('looks once even when there is no time, and gives up', async () => {
    let looks = 0;
    const look = async () => {
      looks += 1;
      return undefined;
    };
    assert.equal(await poll(look, deadlineIn(0), neverAborted), undefined);
    assert.equal(looks, 1);
  });

  it('stops polling when it is cancelled', async () => {
    const cancel = new AbortController();
    const look = async () => {
      cancel.abort();
      return undefined;
    };
    assert.equal(await poll(look, deadlineIn(1_000_000), cancel.signal), undefined);
  });

  it('passes on what the look throws', async () => {
    const look = async () => {
      throw new Error('broken');
    };
    await assert.rejects(poll(look, deadlineIn(1000), neverAborted), /broken/);
    await assert.rejects(within(deadlineIn(1000), look()), /broken/);
  });

  it('waits for work no longer than the deadline', async () => {
    assert.equal(await within(deadlineIn(1_000_000), Promise.resolve('done')), 'done');
    assert.equal(await within(deadlineIn(0), new Promise(() => undefined)), undefined);
  });

  it('leaves no rejection unheard when the work fails too late', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    assert.equal(await within(deadlineIn(0), work), undefined);
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('tells a cancellation from everything else', () => {
    stopIfCancelled(neverAborted, 'node2', 'testing');
    const cancel = new AbortController();
    cancel.abort();
    assert.throws(() => stopIfCancelled(cancel.signal, 'node2', 'testing'), {
      kind: 'cancelled',
      broker: 'node2',
    });
  });
});
