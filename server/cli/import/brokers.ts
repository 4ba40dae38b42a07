import type { Credentials } from '../../amqp/contract';
import { nameBrokers } from '../../import/names';
import type { BrokerRef } from '../../replication/contract';
import { UsageError } from '../exit-code';
import { brokerFromAddress } from '../live/addresses';

export interface BrokersToImport {
  readonly brokers: readonly BrokerRef[];
  /** Logins that came with the addresses, by broker name. */
  readonly credentials: ReadonlyMap<string, Credentials>;
}

/** `NAME=ADDRESS`; an address has no "=" outside of a login. */
const named = /^([A-Za-z_][\w.-]*)=(.*)$/s;

/** Brokers under the names that they will have in the manifest. Throws `UsageError`. */
export function brokersFrom(addresses: readonly string[]): BrokersToImport {
  const read = addresses.map((text) => {
    const [, name, address = text] = named.exec(text) ?? [];
    const { broker, credentials } = brokerFromAddress(address, '--broker');
    return { name, endpoint: broker.endpoint, credentials };
  });
  const wished = read.flatMap(({ name }) => name ?? []);
  const twice = wished.find((name, index) => wished.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--broker: two brokers cannot both be called "${twice}".`);
  const names = nameBrokers(read);
  const brokers = read.map(({ endpoint }, index) => ({ name: names[index] ?? endpoint.text, endpoint }));
  const logins = read.flatMap(({ credentials }, index): [string, Credentials][] =>
    credentials === undefined ? [] : [[names[index] ?? '', credentials]],
  );
  return { brokers, credentials: new Map(logins) };
}
