import { parseEndpoint } from '../../address/endpoint';
import type { Credentials } from '../../amqp/contract';
import { Secret } from '../../amqp/secret';
import type { BrokerRef } from '../../replication/contract';
import { UsageError } from '../exit-code';

export interface NamedBroker {
  readonly broker: BrokerRef;
  /** Where the address carried a login, as `qpid-ha -b user/password@host` allows. */
  readonly credentials?: Credentials;
}

/** Reads an address of the command line. Throws `UsageError`, which never repeats a password. */
export function brokerFromAddress(address: string, option: string): NamedBroker {
  const parsed = parseEndpoint(address);
  if (!parsed.ok) {
    const shown = address.replace(/[^/:@]*@/, '…@');
    throw new UsageError(
      `${option}: "${shown}" is no broker address: ${parsed.reason} (character ${parsed.offset + 1}).`,
      'Write host, host:port, amqps://host for TLS, or several members of one cluster separated by commas.',
    );
  }
  const { endpoint, user, password } = parsed;
  const broker = { name: endpoint.text, endpoint };
  if (user === undefined) return { broker };
  return { broker, credentials: { username: user, password: new Secret(password ?? '') } };
}
