/** Connections to spare: one replicated queue takes one at both of its brokers. */
import type { BrokerRef, Refusal, Replication } from '../contract';
import type { World } from '../planning/world';
import { refuseConnections } from '../refusals';
import { isGoing, linkOf } from './observation';

export interface Room {
  /** Counts one more replication; refuses where a broker would be left without a connection for anybody else. */
  take(replication: Replication): Refusal | undefined;
  /** Counts one that is ended first. */
  give(brokers: readonly (BrokerRef | undefined)[]): void;
}

export function createRoom({ brokers, entries }: World): Room {
  const used = new Map<string, number>();
  const views = new Map(brokers.map(({ broker, seen }) => [broker.endpoint.text, seen]));
  const count = ({ endpoint }: BrokerRef) =>
    (used.get(endpoint.text) ?? 0) + (views.get(endpoint.text)?.connections ?? 0);
  const add = ({ endpoint }: BrokerRef, change: number) =>
    used.set(endpoint.text, (used.get(endpoint.text) ?? 0) + change);
  const occupied = new Set(
    entries.flatMap(({ desired, looked }) => {
      const view = looked?.observation.replica.view;
      const link = view?.bridges[0] && linkOf(view, view.bridges[0]);
      return link?.opened === true && !isGoing(link) ? [desired.replication] : [];
    }),
  );
  return {
    take(replication) {
      // What runs has its connections already.
      if (occupied.has(replication)) return undefined;
      for (const broker of [replication.replica, replication.origin]) {
        const inventory = views.get(broker.endpoint.text)?.inventory;
        const refusal = inventory && refuseConnections(broker, inventory, count(broker));
        if (refusal !== undefined) return refusal;
      }
      add(replication.replica, 1);
      add(replication.origin, 1);
      return undefined;
    },
    give(ended) {
      for (const broker of ended) if (broker !== undefined) add(broker, -1);
    },
  };
}
