import type { Terminal } from '../terminal';
import { brokerFromAddress } from './addresses';
import { startCommand } from './start';
import { between } from './targets';

/** `qpidha replicate -b REPLICA ORIGIN QUEUE`, as `qpid-ha replicate` takes it: the queue must be there. */
export function replicateCommand(
  originAddress: string,
  queue: string,
  options: { readonly broker: string; readonly timeout: number; readonly allowPlainText: boolean },
  terminal: Terminal,
): Promise<number> {
  const origin = brokerFromAddress(originAddress, 'origin');
  const replica = brokerFromAddress(options.broker, '--broker');
  return startCommand(between(queue, origin, replica, 'never'), { ...options, json: false }, terminal);
}
