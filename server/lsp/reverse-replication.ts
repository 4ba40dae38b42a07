import { reverse } from '../replication/reverse';
import { describeReverse } from '../replication/words/describe-cutover';
import { acceptedBy, askFirst, withDanger } from './dangers';
import { serveVerb } from './engine';
import { withOrigin } from './needs-origin';
import { reverseReplication as method, type RebuildParams } from './requests';
import type { Feature } from './session';

export const reverseReplication: Feature = {
  register(session) {
    serveVerb<RebuildParams>(session, method, 'Reverse replication', async (selected, context, params) => {
      const complete = withOrigin(selected, 'A reversal');
      if (!complete.ok) return complete.result;
      const { replication } = complete;
      const accepted = acceptedBy('reverse', params);
      const discard = params.discard === true;
      if (discard && !accepted.has('discard-content')) {
        const { queue, origin, replica } = replication;
        const what = `${origin.name}, which is about to become the replica of "${queue}" on ${replica.name}, loses its content of that queue`;
        return askFirst('discard-content', what);
      }
      const outcome = await reverse(replication, context, { accepted, discard, linkAddress: undefined });
      return withDanger(describeReverse(replication, outcome), outcome);
    });
  },
};
