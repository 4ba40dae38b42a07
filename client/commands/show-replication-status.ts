import { replicationStatus as request } from '../../server/lsp/requests';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';

const verb: Verb = {
  title: 'Show Replication Status',
  needsOrigin: false,
  request,
  doing: 'Asking for the status of',
  itself: 'status',
  after: (services, target) => [{ label: 'Refresh', run: () => showReplicationStatus(services, target) }],
};

export async function showReplicationStatus(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
