/** Broker events as reasons to look at once. What has happened is told by the look: events may get lost. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerConnection, BrokerEvent } from '../../amqp/contract';
import type { BrokerRef, EngineContext } from '../contract';
import { queueOfReplicator } from '../names';
import { textOf } from '../observe/qmf-values';
import { pause } from '../patience';

/** Lets somebody sleep until something happens. */
export class Waker {
  #wake: (() => void) | undefined;
  #pending = false;

  wake = (): void => {
    this.#pending = true;
    this.#wake?.();
  };

  /** Milliseconds. Ends early when woken, or when the signal is aborted; at once when woken since the last sleep. */
  async sleep(longest: number, signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    this.#wake = () => enough.abort();
    if (this.#pending) enough.abort();
    const cancel = () => enough.abort();
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    await pause(longest, enough.signal);
    signal.removeEventListener('abort', cancel);
    this.#wake = undefined;
    this.#pending = false;
  }
}

/** Names of the events that may mean something for a replication, and where they name its queue. */
const telling: ReadonlyMap<string, 'qName' | 'exName' | 'dest' | undefined> = new Map([
  ['brokerLinkUp', undefined],
  ['brokerLinkDown', undefined],
  ['membersUpdate', undefined],
  ['queueDeclare', 'qName'],
  ['queueDelete', 'qName'],
  ['exchangeDelete', 'exName'],
  ['subscribe', 'qName'],
  ['unsubscribe', 'dest'],
]);

/** Follows the events of brokers as long as their connections last; brokers without events are only polled. */
export class EventFollower {
  readonly #followed = new WeakSet<BrokerConnection>();
  readonly #isWatched: (queue: string) => boolean;
  readonly #wake: () => void;

  constructor(isWatched: (queue: string) => boolean, wake: () => void) {
    this.#isWatched = isWatched;
    this.#wake = wake;
  }

  /** Begins to follow where a connection is new. Never throws. */
  async follow(broker: BrokerRef, context: EngineContext): Promise<void> {
    try {
      const connection = await context.connection(broker);
      if (this.#followed.has(connection)) return;
      this.#followed.add(connection);
      connection.ended.then(this.#wake);
      await connection.openEvents((event) => {
        if (this.#matters(event)) this.#wake();
      });
    } catch (error) {
      // An ACL may forbid it, or management may be without events: looking now and then is enough.
      if (!(error instanceof BrokerError)) throw error;
    }
  }

  #matters({ name, values }: BrokerEvent): boolean {
    if (!telling.has(name)) return false;
    const field = telling.get(name);
    if (field === undefined) return true;
    const value = textOf(values, field);
    return this.#isWatched(queueOfReplicator(value) ?? value);
  }
}
