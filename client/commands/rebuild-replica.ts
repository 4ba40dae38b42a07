import { rebuildReplica as request } from '../../server/lsp/requests';
import { askForOldContent } from '../old-content';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';
import { verifyReplication } from './verify-replication';

const title = 'Rebuild Replica';

/** The server refuses to begin before the user has accepted what becomes of the old content. */
const verb: Verb = {
  title,
  needsOrigin: true,
  request,
  doing: 'Rebuilding the replica of',
  itself: 'rebuild',
  choose: ({ queue }) => askForOldContent(title, `What becomes of what the replica of "${queue}" holds?`),
  after: (services, target) => [{ label: 'Verify', run: () => verifyReplication(services, target) }],
};

export async function rebuildReplica(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
