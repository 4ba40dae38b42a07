import { cutover } from '../replication/cutover';
import { describeCutover } from '../replication/words/describe-cutover';
import { acceptedBy, withDanger } from './dangers';
import { serveVerb } from './engine';
import { withOrigin } from './needs-origin';
import { cutOverReplication as method, type ReplicationParams } from './requests';
import type { Feature } from './session';

export const cutOver: Feature = {
  register(session) {
    serveVerb<ReplicationParams>(session, method, 'Cut over', async (selected, context, params) => {
      const complete = withOrigin(selected, 'A cutover');
      if (!complete.ok) return complete.result;
      const outcome = await cutover(complete.replication, context, {
        accepted: acceptedBy('cutover', params),
      });
      return withDanger(describeCutover(complete.replication, outcome), outcome);
    });
  },
};
