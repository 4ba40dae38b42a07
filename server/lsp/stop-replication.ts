import { stopOrderly } from '../replication/orderly-stop';
import { stop } from '../replication/stop';
import { describeStop } from '../replication/words/describe';
import { acceptedBy, withDanger } from './dangers';
import { serveVerb } from './engine';
import { stopReplication as method, type StopParams } from './requests';
import type { Feature } from './session';

export const stopReplication: Feature = {
  register(session) {
    serveVerb<StopParams>(session, method, 'Stop replication', async (selected, context, params) => {
      const { queue, origin, replica, linkAddress } = selected;
      const target = {
        queue,
        replica,
        ...(origin === undefined ? {} : { origin }),
        ...(linkAddress === undefined ? {} : { linkAddress }),
      };
      const { drain = false, keepUsable = false } = params;
      const accepted = acceptedBy('stop --keep-usable', params);
      const outcome =
        drain || keepUsable
          ? await stopOrderly(target, context, { drain, keepUsable, accepted })
          : await stop(target, context);
      return withDanger(describeStop(queue, replica.name, outcome), outcome);
    });
  },
};
