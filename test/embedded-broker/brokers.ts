import { parseEndpoint } from '../../server/address/endpoint';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, ConnectOptions, QmfMap, QmfObject } from '../../server/amqp/contract';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startEmbeddedBroker,
} from '../../server/embedded-broker/embedded-broker';
import { defaultSettings, type EmbeddedBrokerSettings } from '../../server/embedded-broker/settings';

const brokerName = 'org.apache.qpid.broker:broker:amqp-broker';
const haBrokerName = 'org.apache.qpid.ha:habroker:ha-broker';

/** Stand-alone, open to everybody, and with links that retry soon. */
export const practice: EmbeddedBrokerSettings = {
  ...defaultSettings,
  authentication: false,
  ha: 'stand-alone',
  linkMaintenanceInterval: 0.05,
};

/** A broker with a client on it, and the few words of its language that the tests need. */
export class TestBroker {
  private constructor(
    readonly broker: EmbeddedBroker,
    readonly client: BrokerConnection,
    readonly log: readonly string[],
  ) {}

  static async start(
    settings: Partial<EmbeddedBrokerSettings> = {},
    options: Partial<EmbeddedBrokerOptions> & { readonly client?: Partial<ConnectOptions> } = {},
  ): Promise<TestBroker> {
    const log: string[] = [];
    const broker = await startEmbeddedBroker({
      settings: { ...practice, ...settings },
      port: 0,
      log: (_level, text) => log.push(text),
      ...options,
    });
    return new TestBroker(broker, await clientOf(broker, options.client), log);
  }

  get address(): string {
    return this.broker.name;
  }

  async end(): Promise<void> {
    await this.client.close();
    await this.broker.stop();
  }

  call(method: string, args: QmfMap): Promise<QmfMap> {
    return this.client.qmf.call(brokerName, method, args);
  }

  create(name: string, properties: QmfMap = {}): Promise<QmfMap> {
    return this.call('create', { type: 'queue', name, properties, strict: true });
  }

  delete(type: string, name: string): Promise<QmfMap> {
    return this.call('delete', { type, name, options: {} });
  }

  replicate(queue: string, origin: string): Promise<QmfMap> {
    return this.client.qmf.call(haBrokerName, 'replicate', { broker: origin, queue });
  }

  objects(className: string): Promise<readonly QmfObject[]> {
    return this.client.qmf.objects(className);
  }

  async values(className: string): Promise<readonly QmfMap[]> {
    return (await this.objects(className)).map(({ values }) => values);
  }

  async depth(queue: string): Promise<unknown> {
    const object = await this.client.qmf.object(`org.apache.qpid.broker:queue:${queue}`);
    return object?.values.msgDepth;
  }

  async send(queue: string, ...bodies: readonly string[]): Promise<void> {
    const sender = await this.client.openSender(queue);
    await sender.send(bodies.map((body) => ({ body })));
    await sender.close();
  }

  async consume(queue: string, count: number): Promise<readonly string[]> {
    const receiver = await this.client.openReceiver(queue, 'consume');
    const messages = await receiver.take(count, 50);
    await receiver.close();
    return messages.map(({ body }) => Buffer.from(body).toString());
  }

  async bodies(queue: string): Promise<readonly string[]> {
    const receiver = await this.client.openReceiver(queue, 'browse');
    const messages = await receiver.take(100_000, 20);
    await receiver.close();
    return messages.map(({ body }) => Buffer.from(body).toString());
  }

  /** What is left of replications here, in a line. */
  async remains(): Promise<string> {
    const [bridges, links] = await Promise.all([this.values('bridge'), this.values('link')]);
    const states = links.map(({ state }) => String(state)).sort();
    return `${bridges.length} bridges, links: ${states.join(' ') || 'none'}`;
  }
}

export function clientOf(
  broker: EmbeddedBroker,
  options: Partial<ConnectOptions> = {},
): Promise<BrokerConnection> {
  const parsed = parseEndpoint(broker.name);
  if (!parsed.ok) throw new Error(parsed.reason);
  return connect({ name: 'test', endpoint: parsed.endpoint, deadline: 5_000, ...options });
}

/** Origin A and replica B with a queue of one name. */
export async function pair(
  queue: string,
  settings: {
    readonly a?: Partial<EmbeddedBrokerSettings>;
    readonly b?: Partial<EmbeddedBrokerSettings>;
  } = {},
): Promise<{ a: TestBroker; b: TestBroker; end(): Promise<void> }> {
  const [a, b] = await Promise.all([TestBroker.start(settings.a), TestBroker.start(settings.b)]);
  await Promise.all([a.create(queue), b.create(queue)]);
  const end = async (): Promise<void> => {
    await Promise.all([a.end(), b.end()]);
  };
  return { a, b, end };
}

/** Asks again until the answer is the wanted one, for ten seconds at most; returns the last answer. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || performance.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function messages(count: number, prefix = 'm'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
