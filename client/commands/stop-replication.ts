import { stopReplication as request } from '../../server/lsp/requests';
import { runWithProgress } from '../run';
import type { Services } from '../services';
import { showResult } from '../show-result';
import { chooseTarget } from '../target';
import { mayContactBrokers } from '../trust';
import type { Verb } from '../verb';

const verb: Verb = { title: 'Stop Replication', needsOrigin: false };

/** Nothing is lost by a stop: both queues keep their messages, and it can be started again. So nothing is asked. */
export async function stopReplication(services: Services, argument: unknown): Promise<void> {
  if (!mayContactBrokers()) return;
  const target = await chooseTarget(services.client, argument, verb);
  if (target === undefined) return;
  const title = `Stopping replication of "${target.queue}"`;
  const result = await runWithProgress(services.client, { request, title, target });
  if (result === undefined) return;
  const again = { label: 'Try Again', run: () => stopReplication(services, target) };
  await showResult(services.reports, title, result, result.severity === 'error' ? [again] : []);
}
