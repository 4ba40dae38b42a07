import { startReplication as request } from '../../server/lsp/requests';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';
import { showReplicationStatus } from './show-replication-status';

/** Nothing is lost by a start: the server refuses a replica queue that holds messages. So nothing is asked. */
const verb: Verb = {
  title: 'Start Replication',
  needsOrigin: true,
  request,
  doing: 'Starting replication of',
  itself: 'start',
  after: (services, target) => [{ label: 'Show Status', run: () => showReplicationStatus(services, target) }],
};

export async function startReplication(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
