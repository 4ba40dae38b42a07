import type { Socket } from 'node:net';
import type { AmqpMessage } from '../../server/amqp/codec/message';
import { decodeMessage, encodeMessage } from '../../server/amqp/codec/message';
import { type AmqpValue, mapOf, textOf } from '../../server/amqp/codec/value';
import { GuardedConnection } from '../../server/amqp/connection';
import type { Failure } from '../../server/amqp/errors';
import { attachReceiver, attachSender } from '../../server/amqp/link';
import type { RheaContext } from '../../server/amqp/rhea';
import { openSocket } from '../../server/amqp/socket';
import { Waiters } from '../../server/amqp/waiting';

export interface RawRequest {
  readonly opcode: string;
  readonly body: AmqpValue;
  readonly subject?: string | undefined;
  readonly appId?: string | undefined;
  /** Milliseconds to wait for a reply. */
  readonly patience?: number;
}

export interface RawAgent {
  /** All parts of the reply; nothing when there is none in time. */
  ask(request: RawRequest): Promise<readonly AmqpMessage[]>;
  /** Why the sender, or the whole connection, was ended by the broker. */
  readonly ended: readonly Failure[];
  readonly guard: GuardedConnection;
  close(): Promise<void>;
}

export async function open(port: number): Promise<GuardedConnection> {
  const member = { host: '127.0.0.1', port, tls: false };
  const waiters = new Waiters('test');
  const opened = waiters.wait<Socket>('connecting', 2_000);
  openSocket(member, undefined, opened);
  const guard = new GuardedConnection({
    broker: 'test',
    member,
    socket: await opened.promise,
    deadline: 2_000,
  });
  const ready = guard.wait<void>('opening');
  guard.handshake(ready);
  await ready.promise;
  return guard;
}

/** Requests as they are, and replies with all their types. */
export async function rawAgent(port: number): Promise<RawAgent> {
  const guard = await open(port);
  const ended: Failure[] = [];
  guard.onEnd((reason) => ended.push(reason));
  const replies: AmqpMessage[] = [];
  let arrived: () => void = () => {};
  const receiver = await attachReceiver(guard, { dynamic: true }, 'opening', () => {});
  receiver.on('message', ({ message, delivery }: RheaContext) => {
    delivery?.accept();
    receiver.add_credit(1);
    if (message !== undefined) replies.push(decodeMessage(message));
    arrived();
  });
  receiver.add_credit(100);
  const sender = await attachSender(guard, 'qmf.default.direct', 'opening', (reason) => ended.push(reason));
  return {
    guard,
    ended,
    ask: async ({ opcode, body, subject = 'broker', appId = 'qmf2', patience = 3_000 }) => {
      const isComplete = (): boolean =>
        replies.length > 0 && !replies.at(-1)?.applicationProperties?.has('partial');
      const done = new Promise<void>((resolve) => {
        arrived = () => isComplete() && resolve();
        setTimeout(resolve, patience).unref();
        guard.onEnd(() => resolve());
      });
      const message = encodeMessage({
        properties: {
          ...(subject === '' ? {} : { subject }),
          correlationId: '1',
          replyTo: receiver.source?.address ?? '',
        },
        applicationProperties: mapOf({
          'qmf.opcode': opcode,
          ...(appId === '' ? {} : { 'x-amqp-0-10.app-id': appId }),
        }),
        body: { kind: 'value', value: body },
      });
      sender.send(message, undefined, 0);
      await done;
      return replies.splice(0);
    },
    close: () => guard.close(),
  };
}

export function opcodeOf(message: AmqpMessage | undefined): string | undefined {
  return textOf(message?.applicationProperties?.get('qmf.opcode'));
}
