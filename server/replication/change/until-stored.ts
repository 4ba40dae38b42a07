/** Before a queue is deleted whose messages were moved to another one, that one must be on the disk. */
import { BrokerError } from '../../amqp/broker-error';
import { numberOf, textOf } from '../observe/qmf-values';
import { deadlineIn, neverAborted, pause, poll } from '../patience';
import { type QueueBench, storeLatency } from './store-latency';

/** Milliseconds for what is still being written when it should have been. */
const writing = 10_000;

/** Times what storing took just now: a journal that is in use may be flushed only at the second turn. */
const caution = 3;

/**
 * At once where nothing is stored. A broker that was killed before it had stored what was moved had lost it, once the
 * queue from where it came was deleted; as long as that queue is there, nothing is lost (measured). Throws
 * `BrokerError`, and then that queue must stay.
 */
export async function untilStored(bench: QueueBench, queue: string): Promise<void> {
  const { connection, broker, onEvent } = bench;
  const journal = async () =>
    (await connection.qmf.objects('journal')).find(({ values }) => textOf(values, 'queueName') === queue);
  if ((await journal()) === undefined) return;
  onEvent({ type: 'look', broker, text: `waiting until "${queue}" is stored` });
  await pause(caution * (await storeLatency(bench)), neverAborted);
  const written = await poll(
    async () => {
      const found = await journal();
      return found === undefined || numberOf(found.values, 'outstandingAIOs') === 0 ? true : undefined;
    },
    deadlineIn(writing),
    neverAborted,
  );
  if (written === undefined) throw stillWriting(broker, queue);
}

function stillWriting(broker: string, queue: string): BrokerError {
  return new BrokerError({
    kind: 'timeout',
    broker,
    step: `waiting until "${queue}" is stored`,
    text: 'the broker has not finished writing',
    advice:
      'See whether its disk is full or slow, then run the same command again: it goes on where it was left.',
  });
}
