import { verifyReplication as request } from '../../server/lsp/requests';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';

/** Takes no message off a queue. So nothing is asked. */
const verb: Verb = {
  title: 'Verify Replication',
  needsOrigin: true,
  request,
  doing: 'Comparing both queues of',
};

export async function verifyReplication(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
