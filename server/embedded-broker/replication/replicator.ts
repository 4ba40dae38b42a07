import { binary } from '../../amqp/codec/value';
import type { Incoming } from '../../amqp/peer';
import { by, type RaiseEvent } from '../event';
import { faults } from '../fault';
import { Completion } from '../queues/completion';
import type { Entry } from '../queues/entries';
import type { Exchange } from '../queues/exchange';
import type { ExchangeRegistry } from '../queues/exchange-registry';
import { type Message, parseMessage } from '../queues/message';
import type { Queue, QueueObserver } from '../queues/queue';
import type { Bridge, BridgeOwner, FeedTarget } from './bridge';
import { decodeItem, replicatorPrefix, replicatorType } from './feed';
import { decodeIds } from './id-set';
import type { Link } from './link';
import type { LinkRegistry } from './link-registry';
import { translate } from './translate';

/** What a replicator needs of its broker. */
export interface ReplicatorHost {
  readonly exchanges: ExchangeRegistry;
  readonly links: LinkRegistry;
  shutDown(reason: string): void;
  readonly raise: RaiseEvent;
}

/**
 * The replica's end of a replication: an exchange that nobody sees, fed by a bridge (ha/QueueReplicator.cpp).
 * It knows the positions of the messages that came while it was there, and of no others.
 */
export class Replicator implements Exchange, QueueObserver, BridgeOwner, FeedTarget {
  readonly name: string;
  readonly type = replicatorType;
  readonly hidden = true;
  readonly bindings = [];
  readonly #host: ReplicatorHost;
  readonly #link: Link;
  readonly #positions = new Map<number, number>();
  #queue: Queue | undefined;
  #bridge: Bridge | undefined;
  #nextId = 0;

  private constructor(host: ReplicatorHost, queue: Queue, link: Link) {
    this.name = Replicator.nameFor(queue);
    this.#host = host;
    this.#queue = queue;
    this.#link = link;
  }

  /** Throws `QmfFault` where there is one for this queue; the link stays all the same. */
  static create(host: ReplicatorHost, queue: Queue, link: Link): Replicator {
    const replicator = new Replicator(host, queue, link);
    queue.stopSettingIds();
    if (!host.exchanges.add(replicator)) throw faults.duplicateReplicator(replicator.name);
    replicator.#start(queue);
    return replicator;
  }

  static nameFor({ name }: Queue): string {
    return replicatorPrefix + name;
  }

  #start(queue: Queue): void {
    this.#link.holders.add(this);
    const { exchanges, links } = this.#host;
    this.#bridge = links.declareBridge({
      link: this.#link,
      owner: this,
      source: queue.name,
      target: () => {
        const exchange = exchanges.get(this.name);
        return exchange instanceof Replicator ? exchange : undefined;
      },
    });
    queue.observers.add(this);
  }

  /** Ids of all that is on the queue: the origin will not send these. */
  snapshot(): readonly number[] {
    return [...(this.#queue?.entries ?? [])].map(({ replicationId }) => replicationId);
  }

  /** Nothing of it is left: no exchange, no bridge. Its link, if deleted, can go for good. */
  get isForgotten(): boolean {
    const registered = this.#host.exchanges.get(this.name) === this;
    return !registered && (this.#bridge === undefined || !this.#host.links.hasBridge(this.#bridge));
  }

  /** From the bridge, or from any bridge with this exchange's name. */
  receive(incoming: Incoming): void {
    const queue = this.#queue;
    if (queue === undefined) {
      incoming.accept();
      return;
    }
    try {
      const item = decodeItem(incoming.tag);
      if (item.kind === 'dequeue') {
        for (const id of decodeIds(incoming.payload)) this.#dequeue(queue, id);
        incoming.accept();
        return;
      }
      if (item.kind === 'message') this.#nextId = item.id;
      const message = parseMessage(translate(incoming.payload, this.name));
      this.#enqueue(queue, message, new Completion(() => incoming.accept()));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A client has sent to it: that is taken for the origin's traffic. */
  route(message: Message, completion: Completion): void {
    const queue = this.#queue;
    if (queue === undefined) return;
    completion.hold();
    try {
      this.#enqueue(queue, message, completion);
    } catch (error) {
      this.#fail(error);
    }
  }

  bind(): void {}
  unbind(): void {}

  enqueued(entry: Entry): void {
    this.#positions.set(entry.replicationId, entry.position);
  }

  dequeued(entry: Entry): void {
    this.#positions.delete(entry.replicationId);
  }

  destroyed(): void {
    this.destroy();
  }

  /** Its queue is gone, or the origin has none of that name. The link stays. */
  destroy(): void {
    const bridge = this.#bridge;
    if (this.#queue === undefined) return;
    this.#queue.observers.delete(this);
    this.#queue = undefined;
    // Its own deletion may have been asked for before.
    if (this.#host.exchanges.get(this.name) === this) {
      this.#host.exchanges.remove(this.name);
      this.#host.raise('exchangeDelete', { exName: binary(this.name), ...by(undefined) });
    }
    bridge?.close();
  }

  /** Its broker is the primary now: it brings nothing any longer, and its name stays (recorded). */
  promote(): void {
    this.#bridge?.close();
    if (this.#queue === undefined) return;
    this.#queue.observers.delete(this);
    this.#queue.setIdsFrom(Math.max(0, ...this.#positions.keys()) + 1);
  }

  #dequeue(queue: Queue, id: number): void {
    const entry = queue.entries.at(this.#positions.get(id) ?? 0);
    if (entry !== undefined) queue.remove(entry);
  }

  #enqueue(queue: Queue, message: Message, completion: Completion): void {
    const id = this.#nextId;
    this.#nextId += 1;
    if (!this.#positions.has(id)) queue.enqueue(message, completion, id);
    completion.finish();
  }

  #fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#host.shutDown(`Backup of ${this.#queue?.name}: Replication failed: ${text}`);
  }
}
