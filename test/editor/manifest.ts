import type { Pair } from '../support/replication';

/** A manifest of one replication between two running brokers. */
export function manifestOf({ origin, replica }: Pair): string {
  return `version: 1

brokers:
  node1:
    address: 127.0.0.1:${origin.port}
  node2:
    address: 127.0.0.1:${replica.port}

replications:
  - queue: myqueue
    from: node1
    to: node2
`;
}
