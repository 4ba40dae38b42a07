import { X509Certificate } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import type { EndpointMember } from '../address/endpoint';
import type { TlsOptions } from './contract';
import { connectFailure, type Failure, failure } from './errors';
import type { Waiter } from './waiting';

/**
 * Connects, and shakes hands where it is TLS. The socket is destroyed when `opened` settles otherwise, be it by
 * a deadline or by cancellation.
 */
export function openSocket(
  member: EndpointMember,
  tls: TlsOptions | undefined,
  opened: Waiter<Socket>,
): void {
  let socket: Socket;
  try {
    const expired = member.tls ? expiry(tls?.certificate) : undefined;
    if (expired !== undefined) {
      opened.reject(expired);
      return;
    }
    socket = member.tls ? dialTls(member, tls) : connectTcp({ host: member.host, port: member.port });
  } catch (error) {
    opened.reject(unusable(error));
    return;
  }
  socket.setNoDelay(true);
  socket.on('error', (error) => opened.reject(connectFailure(firstOf(error), member.tls)));
  socket.once('close', () => opened.reject(failure('closed', 'the connection was closed at once')));
  socket.once(member.tls ? 'secureConnect' : 'connect', () => opened.resolve(socket));
  opened.promise.catch(() => socket.destroy());
}

/** A broker seldom gets round to saying so. Throws where it is no certificate. */
function expiry(certificate: string | undefined): Failure | undefined {
  if (certificate === undefined) return undefined;
  const { validTo } = new X509Certificate(certificate);
  if (Date.parse(validTo) > Date.now()) return undefined;
  return failure('tls', `our certificate has expired (${validTo})`, 'Renew the certificate of this client.');
}

function dialTls({ host, port }: EndpointMember, tls: TlsOptions = {}): Socket {
  const name = tls.serverName ?? host;
  return connectTls({
    host,
    port,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  });
}

/** A certificate or key that cannot be read is noticed before anything is sent. */
function unusable(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return failure('tls', text, 'Check the files of the certificate and the key.');
}

/** A name with several addresses fails with all their errors, and without a message of its own. */
function firstOf(error: Error): Error {
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first : error;
}

/** Whether what is sent never leaves this machine. A socket that is gone sends nothing. */
export function isLoopback({ remoteAddress }: Socket): boolean {
  const address = remoteAddress?.replace(/^::ffff:/, '');
  return address === undefined || address === '::1' || address.startsWith('127.');
}
