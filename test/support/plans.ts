import type { Replication } from '../../server/replication/contract';
import type { DesiredReplication } from '../../server/replication/planning/desired';

export function wanted(
  replications: readonly Replication[],
  state: 'running' | 'stopped' = 'running',
): readonly DesiredReplication[] {
  return replications.map((replication) => ({ replication, state }));
}
