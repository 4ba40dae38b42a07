/** Takes a queue's replicator off its replica broker, in the order in which an accident in between does no harm. */

import { comparable } from '../addresses';
import { replicatorName } from '../names';
import { isGoing, linkOf } from '../observe/observation';
import { type LinkView, observeReplica, type ReplicaView } from '../observe/observe';
import { type Deadline, deadlineIn, neverAborted, pause, poll } from '../patience';
import type { Workbench } from './actions';
import { deleteBridge, deleteLink, deleteReplicator } from './actions';

export interface Removal extends Workbench {
  readonly queue: string;
  /** Where the origin may be reached, in comparable form; empty when the origin is not known. */
  readonly originAddresses: ReadonlySet<string>;
  readonly deadline: Deadline;
  /** What has been deleted so far, filled as it happens, so that it is known even after an error. */
  readonly removed: string[];
}

/**
 * Deletes bridge, replicator and link, and links that have lost their bridge. First the bridge: without it no
 * message flows, and a `replicate` in between fails loudly. An exchange deleted before its bridge lets the bridge
 * subscribe again and again, and a later `replicate` run beside it. Once begun it is not interrupted: all of it
 * takes milliseconds, and every part left would be worse. Throws `BrokerError`; repeatable.
 *
 * Resolves with what is still there when the deadline passes.
 */
export async function removeReplicator(removal: Removal): Promise<readonly string[]> {
  const { queue, connection, removed, deadline } = removal;
  const view = await observeReplica(connection, queue);
  const links = view.bridges.flatMap((bridge) => linkOf(view, bridge) ?? []);
  for (const { name } of view.bridges) {
    await deleteBridge(removal, name);
    removed.push(`bridge ${name}`);
  }
  // A bridge that will not go is taken away with its link, still before the replicator.
  if (!(await bridgesGone(removal))) await removeLinks(removal, links);
  if ((view.bridges.length > 0 || view.replicator !== 'absent') && (await deleteReplicator(removal, queue))) {
    removed.push(`replicator ${replicatorName(queue)}`);
  }
  await removeLinks(removal, links);
  const origins = new Set([...removal.originAddresses, ...links.map(comparable)]);
  await removeSpareLinks(removal, origins);
  const clean = await poll(
    async () => {
      const left = remains(queue, await observeReplica(connection, queue), links);
      return left.length === 0 ? left : undefined;
    },
    deadline,
    neverAborted,
  );
  return clean ?? remains(queue, await observeReplica(connection, queue), links);
}

/** Milliseconds that a deleted bridge may take to go; some are the rule. */
const lingering = 2000;

/** A deleted bridge stays listed for some milliseconds, and its link counts as used for as long. */
async function bridgesGone({ connection, queue, deadline }: Removal): Promise<boolean> {
  const gone = await poll(
    async () => ((await observeReplica(connection, queue)).bridges.length === 0 ? true : undefined),
    deadlineIn(Math.min(deadline.left(), lingering)),
    neverAborted,
  );
  return gone ?? false;
}

async function removeLinks(removal: Removal, links: readonly LinkView[]): Promise<void> {
  for (const link of links) {
    const piece = `link ${link.name}`;
    if (isGoing(link) || removal.removed.includes(piece)) continue;
    await deleteLink(removal, link.name);
    removal.removed.push(piece);
  }
}

/** Milliseconds after which a link is not one that a `replicate` in flight is about to give a bridge. */
const settling = 100;

/**
 * A replication link without a bridge carries nothing and never will: only `replicate` makes bridges on such links,
 * each on a new one. It does not tell which queue it was made for, so the origin's address decides; where no
 * origin is known, every one of them goes.
 */
export async function removeSpareLinks(removal: Removal, origins: ReadonlySet<string>): Promise<void> {
  const spare = async () => {
    const { spareLinks } = await observeReplica(removal.connection, removal.queue);
    return spareLinks.filter(
      (link) => !isGoing(link) && (origins.size === 0 || origins.has(comparable(link))),
    );
  };
  const suspects = new Set((await spare()).map(({ name }) => name));
  if (suspects.size === 0) return;
  await pause(settling, neverAborted);
  await removeLinks(
    removal,
    (await spare()).filter(({ name }) => suspects.has(name)),
  );
}

/** What of the queue's replicator a replica broker still shows. */
function remains(queue: string, view: ReplicaView, links: readonly LinkView[]): readonly string[] {
  const ours = new Set(links.map(({ name }) => name));
  return [
    ...view.bridges.map(({ name }) => `bridge ${name}`),
    ...(view.replicator === 'present' ? [`replicator ${replicatorName(queue)}`] : []),
    ...view.links.filter((link) => ours.has(link.name) && !isGoing(link)).map(({ name }) => `link ${name}`),
  ];
}
