import type { BrokerConnection } from '../../amqp/contract';
import { queueDetails } from '../observe/queue-details';
import { type Fingerprint, fingerprintOf } from './fingerprint';

/** Reads a queue from its head, without taking anything off it, and with only fingerprints in memory. */
export interface Browser {
  /** The next message; undefined at the end of what the queue held when it was opened. */
  next(): Promise<Fingerprint | undefined>;
  close(): Promise<void>;
}

/** Messages asked for at a time. */
const chunk = 1000;

/**
 * Reads as many messages as the queue holds now, so that its end need not be waited for. `added`: properties that do
 * not count. Throws `BrokerError`.
 */
export async function openBrowser(
  connection: BrokerConnection,
  queue: string,
  added: ReadonlySet<string>,
): Promise<Browser> {
  const receiver = await connection.openReceiver(queue, 'browse');
  let left = (await queueDetails(connection, queue))?.depth ?? 0;
  let prints: readonly Fingerprint[] = [];
  let at = 0;
  let ahead: Promise<readonly Fingerprint[]> | undefined;
  const read = () => {
    const reading = receiver.read(Math.min(left, chunk), (encoded) => fingerprintOf(encoded, added));
    reading.catch(() => undefined);
    return reading;
  };
  return {
    async next() {
      if (at === prints.length) {
        if (left === 0) return undefined;
        prints = await (ahead ?? read());
        at = 0;
        left = prints.length === 0 ? 0 : Math.max(0, left - prints.length);
        ahead = left === 0 ? undefined : read();
      }
      at += 1;
      return prints[at - 1];
    },
    close: () => receiver.close(),
  };
}
