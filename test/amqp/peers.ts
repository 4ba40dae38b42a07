import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { parseEndpoint } from '../../server/address/endpoint';
import { BrokerError, type BrokerErrorKind } from '../../server/amqp/broker-error';
import { decodeMessage, encodeMessage } from '../../server/amqp/codec/message';
import { type AmqpMap, type AmqpValue, isMap, mapOf, textOf } from '../../server/amqp/codec/value';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, ConnectOptions } from '../../server/amqp/contract';
import { type Listener, type ListenOptions, listen } from '../../server/amqp/listen';
import type { IncomingLink, OutgoingLink, Peer } from '../../server/amqp/peer';

/** A TCP server that does to every connection what `behave` says. */
export async function tcpPeer(behave: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

export interface Reply {
  readonly opcode: string;
  readonly body: AmqpValue;
  readonly partial?: boolean;
}

export interface AgentOptions {
  /** Undefined: no answer. */
  answer?(request: AmqpMap, sender: IncomingLink, peer: Peer): readonly Reply[] | undefined;
  plain?(username: string, password: string): boolean;
  readonly required?: boolean;
  accept?(peer: Peer): boolean;
  readonly listen?: Partial<ListenOptions>;
}

/** An AMQP peer with a management agent that answers as it is told. */
export function agent({
  answer,
  plain,
  required = false,
  accept,
  listen: more,
}: AgentOptions): Promise<Listener> {
  return listen({
    host: '127.0.0.1',
    port: 0,
    backlog: 10,
    containerId: 'test-agent',
    properties: { product: 'test' },
    offeredCapabilities: ['ANONYMOUS-RELAY'],
    authentication: { anonymous: !required, required, plain: plain ?? (() => true) },
    negotiationTime: 5_000,
    admit: () => true,
    accept: (peer) => {
      if (accept !== undefined && !accept(peer)) return undefined;
      let replies: OutgoingLink | undefined;
      return {
        sessionOpened: () => {},
        sessionClosed: () => {},
        closed: () => {},
        outgoing: (link) => {
          replies = link;
          const ignore = (): void => {};
          link.accept('replies', { credit: ignore, outcome: ignore, closed: ignore });
        },
        incoming: (link) =>
          link.accept(link.node.address, 500, {
            closed: () => {},
            message: (incoming) => {
              incoming.accept();
              const { properties, body } = decodeMessage(incoming.payload);
              const request = body.kind === 'value' && isMap(body.value) ? body.value : new Map();
              for (const reply of answer?.(request, link, peer) ?? []) {
                replies?.send(encodeReply(textOf(properties?.correlationId) ?? '', reply));
              }
            },
          }),
      };
    },
    ...more,
  });
}

function encodeReply(correlationId: string, { opcode, body, partial }: Reply): Buffer {
  return encodeMessage({
    properties: { correlationId },
    applicationProperties: mapOf({ 'qmf.opcode': opcode, ...(partial ? { partial: '' } : {}) }),
    body: { kind: 'value', value: body },
  });
}

export function options(address: string, more: Partial<ConnectOptions> = {}): ConnectOptions {
  const parsed = parseEndpoint(address);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { name: 'node1', endpoint: parsed.endpoint, ...more };
}

export function connectTo(port: number, more: Partial<ConnectOptions> = {}): Promise<BrokerConnection> {
  return connect(options(`127.0.0.1:${port}`, more));
}

/** The error with which something fails, which must be an expected one. */
export async function failureOf(promise: Promise<unknown>): Promise<BrokerError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof BrokerError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

export async function kindOf(promise: Promise<unknown>): Promise<BrokerErrorKind> {
  return (await failureOf(promise)).kind;
}
