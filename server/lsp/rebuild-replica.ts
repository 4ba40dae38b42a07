import { rebuild } from '../replication/rebuild';
import { describeRebuild } from '../replication/words/describe-rebuild';
import { acceptedBy, askFirst, withDanger } from './dangers';
import { serveVerb } from './engine';
import { withOrigin } from './needs-origin';
import { rebuildReplica as method, type RebuildParams } from './requests';
import type { Feature } from './session';

/** Nothing is begun before the user has accepted what becomes of the old content. */
export const rebuildReplica: Feature = {
  register(session) {
    serveVerb<RebuildParams>(session, method, 'Rebuild replica', async (selected, context, params) => {
      const complete = withOrigin(selected, 'A rebuild');
      if (!complete.ok) return complete.result;
      const { replication } = complete;
      const discard = params.discard === true;
      const needed = discard ? 'discard-content' : 'replaced-content';
      if (params.accept?.includes(needed) !== true) {
        const { queue, origin, replica } = replication;
        return askFirst(needed, `"${queue}" on ${replica.name} is about to be rebuilt from ${origin.name}`);
      }
      const outcome = await rebuild(replication, context, {
        discard,
        accepted: acceptedBy('rebuild', params),
      });
      return withDanger(describeRebuild(replication, outcome), outcome);
    });
  },
};
