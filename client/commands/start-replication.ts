import { startReplication as request } from '../../server/lsp/requests';
import { runWithProgress } from '../run';
import type { Services } from '../services';
import { showResult } from '../show-result';
import { chooseTarget } from '../target';
import { mayContactBrokers } from '../trust';
import type { Verb } from '../verb';
import { showReplicationStatus } from './show-replication-status';

const verb: Verb = { title: 'Start Replication', needsOrigin: true };

/** Nothing is lost by a start: the server refuses a replica queue that holds messages. So nothing is asked. */
export async function startReplication(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const target = await chooseTarget(services.client, argument, verb);
  if (target === undefined) return;
  const title = `Starting replication of "${target.queue}"`;
  const result = await runWithProgress(services.client, { request, title, target });
  if (result === undefined) return;
  const again = { label: 'Try Again', run: () => startReplication(services, target) };
  const status = { label: 'Show Status', run: () => showReplicationStatus(services, target) };
  await showResult(services.reports, title, result, result.severity === 'error' ? [again] : [status]);
}
