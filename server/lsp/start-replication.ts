import { describeStart } from '../replication/words/describe';
import { start } from '../replication/start';
import { serveLive } from './engine';
import { startReplication as method } from './requests';
import type { Feature } from './session';

export const startReplication: Feature = {
  register(session) {
    serveLive(session, method, 'Start replication', async ({ origin, ...selected }, context) => {
      if (origin === undefined) {
        return {
          severity: 'error',
          message: 'A start needs the address of the origin broker.',
          details: [],
        };
      }
      const replication = { ...selected, origin };
      return describeStart(replication, await start(replication, context));
    });
  },
};
