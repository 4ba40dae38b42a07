import { randomUUID } from 'node:crypto';
import { textOf, uuid } from '../../amqp/codec/value';
import type { OutgoingLink } from '../../amqp/peer';
import type { Scheduler } from '../clock';
import type { Queue } from '../queues/queue';
import type { QueueRegistry } from '../queues/queue-registry';
import type { EmbeddedBrokerSettings } from '../settings';
import type { StoredQueue } from '../store';
import type { Member, Membership } from './membership';
import { encodeNews, type News } from './news';

export interface PrimaryHost {
  readonly queues: QueueRegistry;
  readonly settings: EmbeddedBrokerSettings;
  readonly scheduler: Scheduler;
}

interface RemoteBackup {
  readonly link: OutgoingLink;
  /** Queues of which it does not have everything yet. */
  readonly missing: Set<string>;
}

type QueueOptions = StoredQueue['options'];

const replicateArgument = 'qpid.replicate';
const identityArgument = 'qpid.ha-uuid';

/** The one member of a cluster that serves clients, and feeds all others (ha/Primary.cpp). */
export class Primary {
  readonly #host: PrimaryHost;
  readonly #membership: Membership;
  readonly #backups = new Map<string, RemoteBackup>();
  /** Backups of the former primary that have not come back yet. */
  readonly #expected: Set<string>;
  readonly #stopTimer: () => void;

  constructor(host: PrimaryHost, membership: Membership) {
    this.#host = host;
    this.#membership = membership;
    this.#expected = new Set(
      membership.others.filter(({ status }) => status === 'ready').map(({ systemId }) => systemId),
    );
    const patience = host.settings.haBackupTimeout * 1_000;
    this.#stopTimer = host.scheduler.after(patience, () => this.#stopExpecting());
    host.queues.listeners.add(this);
    membership.replace([{ ...membership.own, status: 'recovering' }]);
    this.#checkActive();
  }

  /** A backup wants to be told of all there is. */
  serve(member: Member, link: OutgoingLink): void {
    const { systemId } = member;
    const replicated = [...this.#host.queues].filter((queue) => this.#levelOf(queue.options) !== 'none');
    const withMessages = replicated.filter((queue) => this.#levelOf(queue.options) === 'all');
    const backup = { link, missing: new Set(withMessages.map(({ name }) => name)) };
    link.accept(link.node.address ?? '', {
      credit: () => {
        if (this.#backups.get(systemId) === backup) return;
        this.#backups.set(systemId, backup);
        for (const queue of replicated) this.#tell(backup, this.#newsOf(queue));
        this.#tell(backup, { kind: 'listed', queues: replicated.map(({ name }) => name) });
        this.#membership.set({ ...member, status: 'catchup' });
        this.#checkReady(systemId);
      },
      outcome: () => {},
      closed: () => {
        if (this.#backups.get(systemId) !== backup) return;
        this.#backups.delete(systemId);
        this.#membership.remove(systemId);
      },
    });
  }

  /** A backup has all that was on the queue when it came. */
  caughtUp(systemId: string, queue: string): void {
    if (this.#backups.get(systemId)?.missing.delete(queue)) this.#checkReady(systemId);
  }

  /** Before a queue is made: its arguments say that it is replicated (recorded). */
  prepare(options: QueueOptions): QueueOptions {
    const level = this.#wantedLevel(options);
    if (level === 'none') return options;
    const args = new Map(options.args)
      .set(identityArgument, uuid(randomUUID()))
      .set(replicateArgument, level);
    return { ...options, args };
  }

  created(queue: Queue): void {
    if (this.#levelOf(queue.options) !== 'none') this.#tellAll(this.#newsOf(queue));
  }

  deleted(queue: Queue): void {
    this.#tellAll({ kind: 'deleted', queue: queue.name });
    for (const systemId of this.#backups.keys()) this.caughtUp(systemId, queue.name);
  }

  tellMembers(): void {
    this.#tellAll({ kind: 'members', members: this.#membership.members });
  }

  abandon(): void {
    this.#stopTimer();
    this.#host.queues.listeners.delete(this);
  }

  #newsOf(queue: Queue): News {
    const { limits: _limits, setsIds: _setsIds, ...options } = queue.options;
    return { kind: 'queue', options, messages: this.#levelOf(queue.options) === 'all' };
  }

  /** Only what a primary has made is replicated: nothing that was there before the promotion (measured). */
  #levelOf(options: QueueOptions): 'none' | 'configuration' | 'all' {
    return options.args.has(identityArgument) ? this.#wantedLevel(options) : 'none';
  }

  /** ha/ReplicationTest.cpp: what ends with its only user is not worth it. */
  #wantedLevel({ args, exclusive, autoDelete }: QueueOptions): 'none' | 'configuration' | 'all' {
    if (exclusive && autoDelete) return 'none';
    const level = textOf(args.get(replicateArgument)) ?? this.#host.settings.haReplicate;
    return level === 'all' || level === 'configuration' ? level : 'none';
  }

  #tellAll(news: News): void {
    for (const backup of this.#backups.values()) this.#tell(backup, news);
  }

  #tell({ link }: RemoteBackup, news: News): void {
    link.send(encodeNews(news));
  }

  #checkReady(systemId: string): void {
    if (this.#backups.get(systemId)?.missing.size !== 0) return;
    this.#membership.setStatus(systemId, 'ready');
    this.#expected.delete(systemId);
    this.#checkActive();
  }

  #stopExpecting(): void {
    this.#expected.clear();
    this.#checkActive();
  }

  #checkActive(): void {
    if (this.#expected.size > 0) return;
    this.#stopTimer();
    this.#membership.setStatus(this.#membership.self, 'active');
  }
}
