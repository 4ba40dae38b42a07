import { describeStop } from '../replication/words/describe';
import { stop } from '../replication/stop';
import { serveLive } from './engine';
import { stopReplication as method } from './requests';
import type { Feature } from './session';

export const stopReplication: Feature = {
  register(session) {
    serveLive(
      session,
      method,
      'Stop replication',
      async ({ queue, origin, replica, linkAddress }, context) => {
        const target = {
          queue,
          replica,
          ...(origin === undefined ? {} : { origin }),
          ...(linkAddress === undefined ? {} : { linkAddress }),
        };
        const outcome = await stop(target, context);
        const description = describeStop(queue, replica.name, outcome);
        // What was removed has been told already, change by change.
        return outcome.kind === 'stopped' ? { ...description, details: [] } : description;
      },
    );
  },
};
