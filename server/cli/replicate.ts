import { brokerFromAddress } from './addresses';
import { startCommand } from './start';
import { selection } from './targets';
import type { Terminal } from './terminal';

/** `qpidha replicate -b REPLICA ORIGIN QUEUE`, as `qpid-ha replicate` takes it: the queue must be there. */
export function replicateCommand(
  originAddress: string,
  queue: string,
  options: { readonly broker: string; readonly timeout: number; readonly allowPlainText: boolean },
  terminal: Terminal,
): Promise<number> {
  const origin = brokerFromAddress(originAddress, 'origin');
  const replica = brokerFromAddress(options.broker, '--broker');
  const replication = { queue, origin: origin.broker, replica: replica.broker, create: 'never' } as const;
  return startCommand(selection([replication], [origin, replica]), { ...options, json: false }, terminal);
}
