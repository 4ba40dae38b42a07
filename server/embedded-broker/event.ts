import { type AmqpMap, type AmqpValue, binary } from '../amqp/codec/value';

interface EventType {
  /** Of its schema, as qpidd 1.40 gives it. */
  readonly hash: string;
  readonly severity: 'info' | 'warn';
  /** `org.apache.qpid.broker` without. */
  readonly package?: string;
}

/** What the broker tells whoever listens on `qmf.default.topic` (management-schema.xml). */
const types = {
  bind: { hash: '802ee42d-b3fa-6b91-c0b8-1374380eec4d', severity: 'info' },
  brokerLinkDown: { hash: '2d0cc6fe-0fa3-5ada-f7c9-3d54d88c1120', severity: 'warn' },
  brokerLinkUp: { hash: 'de07ea98-4b36-3d86-574a-684a80a4ad92', severity: 'info' },
  clientConnect: { hash: '59b3b523-3f16-1093-d67e-91da386080f2', severity: 'info' },
  clientDisconnect: { hash: '31c7f6fa-55fa-48b6-c87c-fd7e0192e46b', severity: 'info' },
  exchangeDeclare: { hash: 'a1e32c2b-842e-9b0e-e83e-551e97514b5d', severity: 'info' },
  exchangeDelete: { hash: 'c4fb0d4d-e167-3cdd-a05d-8bfc8ef9d5e5', severity: 'info' },
  membersUpdate: {
    hash: 'd253cde7-f9ab-347b-a241-0cfd64c01bc7',
    severity: 'info',
    package: 'org.apache.qpid.ha',
  },
  queueDeclare: { hash: '0c79df0a-17d9-0211-a52f-23e3204e8e08', severity: 'info' },
  queueDelete: { hash: 'b2c93617-b601-7d2f-6173-560d9083ba5a', severity: 'info' },
  queueThresholdCrossedDownward: { hash: '18d3b83d-f8a0-2f78-db89-16da3fa26186', severity: 'info' },
  queueThresholdCrossedUpward: { hash: 'd8be0145-dbc6-f665-ca92-ea6f4c096ba7', severity: 'info' },
  queueThresholdExceeded: { hash: 'eb6e6bc4-34ed-7454-5b00-892a7569e628', severity: 'warn' },
  subscribe: { hash: '272541e1-0258-f97d-ff23-1025ec3b9686', severity: 'info' },
  unbind: { hash: 'a2b7de97-e3e6-8de2-b6c4-dfce4c66169f', severity: 'info' },
  unsubscribe: { hash: '9577b782-6ff1-fd69-0db8-6dc003c19155', severity: 'info' },
} as const satisfies Readonly<Record<string, EventType>>;

export type EventName = keyof typeof types;

export const eventTypes: Readonly<Record<EventName, EventType>> = types;
export type EventValues = Readonly<Record<string, AmqpValue>>;
export type RaiseEvent = (name: EventName, values: EventValues) => void;

/** Whoever caused an event. */
export interface Causer {
  readonly identity: string;
  /** `qpid.127.0.0.1:5672-127.0.0.1:40000` */
  readonly address: string;
}

/** Without a causer the broker did it of its own. */
export function by(causer: Causer | undefined): EventValues {
  return { rhost: binary(causer?.address ?? ''), user: binary(causer?.identity ?? '') };
}

/** A client of AMQP 1.0 subscribes without a name, and nobody says who it is (recorded). */
export function subscribed(queue: string, exclusive: boolean): EventValues {
  return {
    args: new Map() satisfies AmqpMap,
    dest: binary(''),
    excl: exclusive,
    qName: binary(queue),
    ...by(undefined),
  };
}

export function unsubscribed(): EventValues {
  return { dest: binary(''), ...by(undefined) };
}
