import type { OutgoingLink, Peer } from '../../amqp/peer';
import { faults } from '../fault';
import { Backup, type BackupHost } from './backup';
import { introduce, introducedBy } from './introduction';
import { encodeMember, type HaStatus, Membership } from './membership';
import { Primary, type PrimaryHost } from './primary';

export interface HaHost extends BackupHost, PrimaryHost {
  /** Once it listens. */
  readonly port: number;
}

/** Lets its bearer in at any member. */
const adminProperty = 'qpid.ha-admin';

/** A broker's part in its cluster, or in none (ha/HaBroker.cpp). */
export class HaMember {
  brokersUrl: string;
  publicUrl: string;
  readonly membership: Membership;
  readonly #host: HaHost;
  #backup: Backup | undefined;
  #primary: Primary | undefined;

  constructor(host: HaHost) {
    const { settings, systemId } = host;
    this.#host = host;
    this.brokersUrl = settings.haBrokersUrl;
    this.publicUrl = settings.haPublicUrl;
    const status = settings.ha === 'cluster' ? 'joining' : 'standalone';
    this.membership = new Membership({ systemId, host: '', port: 0, status }, () => this.#changed());
  }

  get status(): HaStatus {
    return this.membership.own.status;
  }

  /** The broker listens, and its links can say who it is. */
  async start(): Promise<void> {
    if (this.#host.settings.ha !== 'cluster') return;
    this.membership.set({ ...this.membership.own, host: '127.0.0.1', port: this.#host.port });
    this.#backup = new Backup(this.#host, this.membership, this.brokersUrl);
    await this.#backup.checked;
  }

  /** Only the primary serves clients, and only backups may have links to it. */
  admits({ properties }: Peer): boolean {
    const isBackup = ['joining', 'catchup', 'ready'].includes(this.status);
    return !isBackup || properties[adminProperty] !== undefined;
  }

  /** Says who it is to the brokers that it connects to. */
  get linkProperties(): Readonly<Record<string, unknown>> {
    return this.#backup === undefined ? {} : introduce(this.membership.own);
  }

  /** On a broker that stands alone it succeeds and does nothing (recorded). Throws `QmfFault`. */
  promote(): void {
    if (this.#backup === undefined) return;
    if (this.status === 'catchup') throw faults.stillCatchingUp();
    if (this.status === 'joining' && !this.#backup.mayBePromoted) throw faults.joiningActiveCluster();
    this.#backup.end();
    this.#backup = undefined;
    this.#primary = new Primary(this.#host, this.membership);
    this.#host.queues.prepare = (options) => this.#primary?.prepare(options) ?? options;
    this.#primary.tellMembers();
  }

  /** A backup wants to hear of all there is. */
  serve({ properties }: Peer, link: OutgoingLink): void {
    const member = introducedBy(properties);
    if (this.#primary !== undefined && member !== undefined) this.#primary.serve(member, link);
    else link.refuse({ condition: 'amqp:not-found', description: 'not-found: no such exchange' });
  }

  caughtUp(systemId: string, queue: string): void {
    this.#primary?.caughtUp(systemId, queue);
  }

  abandon(): void {
    this.#primary?.abandon();
  }

  #changed(): void {
    this.#primary?.tellMembers();
    this.#host.raise('membersUpdate', { members: this.membership.members.map(encodeMember) });
  }
}
