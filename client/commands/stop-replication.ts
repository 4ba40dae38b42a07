import { stopReplication as request } from '../../server/lsp/requests';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';

/** Nothing is lost by a stop: both queues keep their messages, and it can be started again. So nothing is asked. */
const verb: Verb = {
  title: 'Stop Replication',
  needsOrigin: false,
  request,
  doing: 'Stopping replication of',
  itself: 'stop',
};

export async function stopReplication(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
