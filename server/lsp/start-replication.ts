import { start } from '../replication/start';
import { describeStart } from '../replication/words/describe';
import { serveVerb } from './engine';
import { withOrigin } from './needs-origin';
import { startReplication as method, type ReplicationParams } from './requests';
import type { Feature } from './session';

export const startReplication: Feature = {
  register(session) {
    serveVerb<ReplicationParams>(session, method, 'Start replication', async (selected, context) => {
      const complete = withOrigin(selected, 'A start');
      if (!complete.ok) return complete.result;
      return describeStart(complete.replication, await start(complete.replication, context));
    });
  },
};
