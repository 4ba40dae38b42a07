import { verify } from '../replication/verify';
import { describeVerify } from '../replication/words/describe-verify';
import { serveVerb } from './engine';
import { withOrigin } from './needs-origin';
import { verifyReplication as method, type ReplicationParams } from './requests';
import type { Feature } from './session';

/** Compares both queues without taking a message off. */
export const verifyReplication: Feature = {
  register(session) {
    serveVerb<ReplicationParams>(session, method, 'Verify replication', async (selected, context) => {
      const complete = withOrigin(selected, 'A comparison');
      if (!complete.ok) return complete.result;
      const outcome = await verify(complete.replication, context);
      const description = describeVerify(complete.replication, outcome);
      return outcome.kind === 'different' ? { ...description, nextVerb: 'rebuild' } : description;
    });
  },
};
