/** Whether two queues stood still between two looks, so that what was read of them meanwhile belongs together. */
import type { QueueDetails } from '../observe/queue-details';

export interface Both {
  readonly there: QueueDetails;
  readonly here: QueueDetails;
}

/** Nothing has left its place, and nothing has come but at the end of a row. */
export function undisturbed(before: Both, now: Both): boolean {
  const stays = (was: QueueDetails, is: QueueDetails) =>
    was.created === is.created &&
    was.dequeued === is.dequeued &&
    was.acquired === is.acquired &&
    was.released === is.released &&
    (was.enqueued === is.enqueued || isRow(was));
  return stays(before.there, now.there) && stays(before.here, now.here);
}

/** Nothing has come either. */
export function atRest(before: Both, after: Both): boolean {
  return (
    undisturbed(before, after) &&
    before.there.enqueued === after.there.enqueued &&
    before.here.enqueued === after.here.enqueued
  );
}

/** Queues on which what comes later stands further back (priority, last-value and ring queues are none). */
export function isRow({ arguments: args }: QueueDetails): boolean {
  return (
    !Object.keys(args).some((name) => /priorit|fairshare|last_value/.test(name)) &&
    args['qpid.policy_type'] !== 'ring'
  );
}

/** Its order depends on what has been consumed before, so that equal queues are browsed in different orders. */
export function isFair({ arguments: args }: QueueDetails): boolean {
  return Object.keys(args).some((name) => name.includes('fairshare'));
}
