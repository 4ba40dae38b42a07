/** Before a queue is deleted whose messages were moved to another one, that one must be on the disk. */

import { numberOf, textOf } from '../observe/qmf-values';
import { deadlineIn, neverAborted, pause, poll } from '../patience';
import type { Workbench } from './actions';

/**
 * Milliseconds: three times the time after which a store writes what it has in memory (linearstore
 * --journal-flush-timeout, 500 ms). A broker that was killed within it lost what had been moved, once the queue from
 * where it came was deleted; as long as that queue is there, nothing is lost (measured).
 */
const flushing = 1500;

/** Milliseconds for what is then still being written. */
const writing = 10_000;

/** At once where nothing is stored. Throws `BrokerError`. */
export async function untilStored({ connection, broker, onEvent }: Workbench, queue: string): Promise<void> {
  const journal = async () =>
    (await connection.qmf.objects('journal')).find(({ values }) => textOf(values, 'queueName') === queue);
  if ((await journal()) === undefined) return;
  onEvent({ type: 'look', broker, text: `waiting until "${queue}" is stored` });
  await pause(flushing, neverAborted);
  await poll(
    async () => {
      const found = await journal();
      return found === undefined || numberOf(found.values, 'outstandingAIOs') === 0 ? true : undefined;
    },
    deadlineIn(writing),
    neverAborted,
  );
}
