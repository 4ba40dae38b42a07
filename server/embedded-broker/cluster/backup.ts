import { randomUUID } from 'node:crypto';
import { parseEndpoint } from '../../address/endpoint';
import { binary } from '../../amqp/codec/value';
import { connect } from '../../amqp/connect';
import type { Incoming } from '../../amqp/peer';
import { by } from '../event';
import type { QueueRegistry } from '../queues/queue-registry';
import type { Bridge, FeedTarget } from '../replication/bridge';
import { brokerReplicator } from '../replication/feed';
import { Link, type LinkHost } from '../replication/link';
import { Replicator, type ReplicatorHost } from '../replication/replicator';
import type { Membership } from './membership';
import { decodeNews, type News } from './news';

export interface BackupHost extends LinkHost, ReplicatorHost {
  readonly queues: QueueRegistry;
  readonly raise: LinkHost['raise'];
}

/** Milliseconds for another member to say how it is. */
const checkTime = 500;

/** A member that copies the primary, over one link to whichever member that is (ha/Backup.cpp, BrokerReplicator.cpp). */
export class Backup implements FeedTarget {
  readonly name = brokerReplicator;
  /** It is known how the other members are. Never rejects. */
  readonly checked: Promise<void>;
  readonly #host: BackupHost;
  readonly #membership: Membership;
  readonly #link: Link;
  readonly #bridge: Bridge;
  readonly #replicators = new Map<string, Replicator>();
  #othersLive = false;

  /** `url` in the broker's grammar. */
  constructor(host: BackupHost, membership: Membership, url: string) {
    this.#host = host;
    this.#membership = membership;
    const parsed = parseEndpoint(url);
    const members = parsed.ok ? parsed.endpoint.members : [];
    this.#link = new Link(host, { name: `qpid.ha.link.${randomUUID()}`, members, durable: false });
    host.links.addLink(this.#link);
    this.#bridge = host.links.declareBridge({
      link: this.#link,
      owner: this,
      source: brokerReplicator,
      isForBroker: true,
      target: () => this,
    });
    this.checked = Promise.all(members.map((member) => this.#check(member))).then(() => {});
  }

  /** Another member lives in an active cluster: this one has to join that (ha/StatusCheck.cpp). */
  get mayBePromoted(): boolean {
    return !this.#othersLive;
  }

  snapshot(): readonly number[] {
    return [];
  }

  destroy(): void {}

  receive(incoming: Incoming): void {
    const news = decodeNews(incoming.payload);
    incoming.accept();
    if (news !== undefined) this.#learn(news);
  }

  /** Its queues become those of a primary. The replicators stay as names, and the link in sight with them (recorded). */
  end(): void {
    this.#host.raise('exchangeDelete', { exName: binary(this.name), ...by(undefined) });
    this.#bridge.close();
    for (const replicator of this.#replicators.values()) replicator.promote();
    this.#link.close();
    for (const queue of [...this.#host.queues]) {
      if (queue.options.autoDelete && queue.consumers === 0 && this.#replicators.has(queue.name)) {
        this.#host.queues.remove(queue);
      }
    }
  }

  #learn(news: News): void {
    const { queues } = this.#host;
    switch (news.kind) {
      case 'queue':
        this.#replicate(news);
        return;
      case 'deleted': {
        const queue = queues.get(news.queue);
        if (queue !== undefined && this.#replicators.delete(news.queue)) queues.remove(queue);
        return;
      }
      case 'listed':
        for (const name of this.#replicators.keys()) {
          if (!news.queues.includes(name)) this.#learn({ kind: 'deleted', queue: name });
        }
        return;
      case 'members':
        this.#membership.replace(news.members);
        return;
    }
  }

  #replicate({ options, messages }: News & { kind: 'queue' }): void {
    const { queues, exchanges } = this.#host;
    const queue = queues.get(options.name) ?? queues.adopt(options);
    if (!messages || exchanges.get(Replicator.nameFor(queue)) !== undefined) return;
    this.#replicators.set(queue.name, Replicator.create(this.#host, queue, this.#link));
  }

  async #check(member: Link['member']): Promise<void> {
    const endpoint = { text: member.host, members: [member] };
    try {
      const other = await connect({ name: member.host, endpoint, admin: true, deadline: checkTime });
      const found = await other.qmf.object('org.apache.qpid.ha:habroker:ha-broker');
      await other.close();
      const { systemId, status } = found?.values ?? {};
      const lives = status !== undefined && status !== 'joining' && status !== 'standalone';
      if (lives && systemId !== this.#host.systemId) this.#othersLive = true;
    } catch {
      // It does not run, or not yet.
    }
  }
}
