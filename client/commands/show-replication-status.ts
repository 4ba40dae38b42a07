import { replicationStatus as request } from '../../server/lsp/requests';
import { runWithProgress } from '../run';
import type { Services } from '../services';
import { showResult } from '../show-result';
import { chooseTarget } from '../target';
import { mayContactBrokers } from '../trust';
import type { Verb } from '../verb';

const verb: Verb = { title: 'Show Replication Status', needsOrigin: false };

export async function showReplicationStatus(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const target = await chooseTarget(services.client, argument, verb);
  if (target === undefined) return;
  const title = `Asking for the status of "${target.queue}"`;
  const result = await runWithProgress(services.client, { request, title, target });
  if (result === undefined) return;
  const again = {
    label: result.severity === 'error' ? 'Try Again' : 'Refresh',
    run: () => showReplicationStatus(services, target),
  };
  await showResult(services.reports, title, result, [again]);
}
