import type { ReplicationStatus } from '../replication/contract';
import { status, statusOfReplica } from '../replication/status';
import { type Description, describeState, isHealthy } from '../replication/words/describe';
import { serveVerb } from './engine';
import { replicationStatus as method, type ReplicationParams } from './requests';
import type { Feature } from './session';

export const replicationStatus: Feature = {
  register(session) {
    serveVerb<ReplicationParams>(
      session,
      method,
      'Replication status',
      async ({ origin, ...selected }, context) => {
        if (origin !== undefined) return describe(await status({ ...selected, origin }, context));
        const { queue, replica } = selected;
        const found = (await statusOfReplica(replica, context)).find((seen) => seen.queue === queue);
        if (found !== undefined) return describe(found);
        return {
          severity: 'info',
          message: `Nothing on ${replica.name} replicates "${queue}".`,
          details: [],
        };
      },
    );
  },
};

function describe(seen: ReplicationStatus): Description {
  const from = seen.origin === undefined ? '' : ` from ${seen.origin}`;
  const message = `Replication of "${seen.queue}"${from} to ${seen.replica}: ${describeState(seen)}.`;
  const links = seen.links.map(
    ({ name, state, address, lastError }) =>
      `link ${name} to ${address}: ${state}${lastError === undefined ? '' : ` (${lastError})`}`,
  );
  return {
    severity: isHealthy(seen) ? 'info' : 'warning',
    message,
    ...(seen.next === undefined ? {} : { next: seen.next }),
    details: [
      ...(seen.cause === undefined ? [] : [seen.cause]),
      ...(seen.lag === undefined ? [] : [`lag: ${seen.lag} messages`]),
      ...links,
      ...(seen.originError === undefined ? [] : [seen.originError.message]),
    ],
  };
}
