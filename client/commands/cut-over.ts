import { cutOverReplication as request } from '../../server/lsp/requests';
import { confirm } from '../accept';
import type { Services } from '../services';
import { replicaOf } from '../target';
import { runVerb, type Verb } from '../verb';

const detail =
  'Both queues are compared first, then the replication ends, and the replica queue is created anew with its ' +
  'messages. The queue on the origin broker stays as it is. Clients have to be sent to the replica broker afterwards.';

/** Refused while anybody works with the origin, unless that danger is accepted by its name. */
const verb: Verb = {
  title: 'Cut Over to Replica',
  needsOrigin: true,
  request,
  doing: 'Cutting over',
  async choose(target) {
    const sure = await confirm(
      `Move the work of "${target.queue}" to ${replicaOf(target)}?`,
      detail,
      'Cut Over',
    );
    return sure ? {} : undefined;
  },
};

export async function cutOver(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
