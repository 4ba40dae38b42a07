import type { Replication } from '../replication/contract';
import type { ReplicationResult } from './requests';
import type { Selected } from './targets';

type Complete =
  | { readonly ok: true; readonly replication: Replication }
  | { readonly ok: false; readonly result: ReplicationResult };

/** The whole triple, for verbs that work on both brokers. `what` begins a sentence: `A start`. */
export function withOrigin(selected: Selected, what: string): Complete {
  const { origin } = selected;
  if (origin !== undefined) return { ok: true, replication: { ...selected, origin } };
  const message = `${what} needs the address of the origin broker.`;
  return { ok: false, result: { severity: 'error', message, details: [] } };
}
