import { describeStop } from '../replication/describe';
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
        return describeStop(queue, replica.name, await stop(target, context));
      },
    );
  },
};
