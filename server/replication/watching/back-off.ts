/** Brokers and replications that fail are tried again later and later. */
import { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef, EngineContext } from '../contract';

/** Milliseconds. */
export interface BackOffTimes {
  readonly first: number;
  readonly longest: number;
}

export class BackOff {
  readonly #times: BackOffTimes;
  readonly #failures = new Map<string, { readonly count: number; readonly again: number }>();

  constructor(times: BackOffTimes) {
    this.#times = times;
  }

  /** Whether it may be tried now. */
  isDue(key: string): boolean {
    const failure = this.#failures.get(key);
    return failure === undefined || performance.now() >= failure.again;
  }

  failed(key: string): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const wait = Math.min(this.#times.first * 2 ** (count - 1), this.#times.longest);
    this.#failures.set(key, { count, again: performance.now() + wait });
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}

export interface BackingOff {
  /** The same context, in which a broker that has failed fails at once until it is due again. */
  readonly context: EngineContext;
  /** A broker that let us in, and then did not answer. */
  failed(broker: BrokerRef, error: BrokerError): void;
  answered(broker: BrokerRef): void;
}

export function withBackOff(context: EngineContext, times: BackOffTimes): BackingOff {
  const backOff = new BackOff(times);
  const errors = new Map<string, BrokerError>();
  const underWay = new Set<string>();
  const patient: EngineContext = {
    signal: context.signal,
    deadline: context.deadline,
    onEvent: (event) => context.onEvent(event),
    async connection(broker) {
      const key = broker.endpoint.text;
      const known = errors.get(key);
      if (known !== undefined && !backOff.isDue(key) && !underWay.has(key)) throw known;
      underWay.add(key);
      try {
        const connection = await context.connection(broker);
        errors.delete(key);
        return connection;
      } catch (error) {
        if (error instanceof BrokerError && underWay.has(key)) {
          errors.set(key, error);
          backOff.failed(key);
        }
        throw error;
      } finally {
        underWay.delete(key);
      }
    },
  };
  return {
    context: patient,
    failed({ endpoint }, error) {
      errors.set(endpoint.text, error);
      backOff.failed(endpoint.text);
    },
    answered: ({ endpoint }) => backOff.succeeded(endpoint.text),
  };
}
