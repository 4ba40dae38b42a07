import { reverseReplication as request } from '../../server/lsp/requests';
import { confirm } from '../accept';
import { askForOldContent } from '../old-content';
import type { Services } from '../services';
import { replicaOf } from '../target';
import { runVerb, type Verb } from '../verb';

const title = 'Reverse Replication';

const detail =
  'The work is cut over to the replica broker: both queues are compared, the replication ends, and the replica queue ' +
  'is created anew with its messages. Then the former origin becomes its replica. Clients have to be sent to the ' +
  'new origin.';

const verb: Verb = {
  title,
  needsOrigin: true,
  request,
  doing: 'Reversing replication of',
  async choose(target) {
    const placeHolder = `What becomes of what the former origin of "${target.queue}" holds?`;
    const content = await askForOldContent(title, placeHolder);
    if (content === undefined) return undefined;
    const sure = await confirm(
      `Make ${replicaOf(target)} the origin of "${target.queue}"?`,
      detail,
      'Reverse',
    );
    return sure ? content : undefined;
  },
};

export async function reverseReplication(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
