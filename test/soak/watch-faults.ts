/** What befalls a replication that is watched, and what must be found afterwards. */
import {
  createQueue,
  deletePiece,
  eventually,
  type Pair,
  replicateByHand,
  viewOf,
} from '../support/replication';
import { contentOf } from './content';
import { IndependentClient } from './independent-client';
import type { Random } from './random';
import type { Traffic } from './traffic';

export interface Scene {
  readonly pair: Pair;
  readonly queue: string;
  readonly store: boolean;
  readonly traffic: Traffic;
  readonly random: Random;
}

export interface WatchFault {
  readonly name: string;
  /** Resolves with the messages that nobody may lose, although they are not the origin's. */
  strike(scene: Scene): Promise<readonly string[]>;
}

const nothingElse: readonly string[] = [];

async function restartOrigin({ pair, queue, store, traffic }: Scene, how: 'kill' | 'shut down') {
  await traffic.pause();
  const copies = await contentOf(pair.replica, queue);
  await pair.origin.restart(how);
  if (store) return nothingElse;
  traffic.ledger.forget();
  // A queue that is there when the link comes back reuses the ids: what leaves it leaves the replica's old content.
  await eventually('the replicator has ended itself', async () => {
    return (await viewOf(pair.replica, queue)).bridges.length === 0;
  });
  await createQueue(pair.origin, queue, {});
  return copies;
}

async function deleteHere({ pair, queue }: Scene, type: 'link' | 'bridge'): Promise<readonly string[]> {
  const view = await viewOf(pair.replica, queue);
  const [bridge] = view.bridges;
  const name = type === 'bridge' ? bridge?.name : view.links.find(({ name }) => name === bridge?.link)?.name;
  if (name !== undefined) await deletePiece(pair.replica, type, name);
  return nothingElse;
}

export const watchFaults: readonly [WatchFault, ...WatchFault[]] = [
  { name: 'none', strike: async () => nothingElse },
  { name: 'the origin is killed', strike: (scene) => restartOrigin(scene, 'kill') },
  { name: 'the origin is restarted', strike: (scene) => restartOrigin(scene, 'shut down') },
  {
    name: 'the replica is killed',
    async strike({ pair }) {
      await pair.replica.restart('kill');
      return nothingElse;
    },
  },
  {
    name: 'the origin queue is deleted and created anew',
    async strike({ pair, queue, store, traffic }) {
      await traffic.pause();
      await deletePiece(pair.origin, 'queue', queue);
      traffic.ledger.forget();
      await createQueue(pair.origin, queue, { durable: store });
      return nothingElse;
    },
  },
  {
    name: 'the replica queue is deleted',
    async strike({ pair, queue }) {
      await deletePiece(pair.replica, 'queue', queue);
      return nothingElse;
    },
  },
  { name: 'the link is deleted', strike: (scene) => deleteHere(scene, 'link') },
  { name: 'the bridge is deleted', strike: (scene) => deleteHere(scene, 'bridge') },
  {
    name: 'the replicator is deleted, and replication asked for again',
    async strike({ pair, queue }) {
      await deletePiece(pair.replica, 'exchange', `qpid.ha-q:${queue}`);
      await replicateByHand(pair.replica, queue, pair.origin).catch(() => undefined);
      return nothingElse;
    },
  },
  {
    name: 'somebody asks for the replication a second time',
    async strike({ pair, queue }) {
      await replicateByHand(pair.replica, queue, pair.origin).catch(() => undefined);
      return nothingElse;
    },
  },
  {
    name: 'somebody sends to the replica',
    async strike({ pair, queue, store, random }) {
      const ids = Array.from({ length: 1 + random.below(20) }, (_, index) => `foreign${index}`);
      const client = await IndependentClient.open(pair.replica.port);
      await client.send(queue, ids, store, () => undefined);
      client.close();
      return ids;
    },
  },
  {
    name: 'somebody consumes from the replica',
    async strike({ pair, queue, random }) {
      const client = await IndependentClient.open(pair.replica.port);
      await client.consume(queue, 1 + random.below(20), () => undefined);
      client.close();
      return nothingElse;
    },
  },
];
