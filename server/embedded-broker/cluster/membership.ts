import { type AmqpMap, type AmqpValue, binary, int, mapOf, ushort, uuid } from '../../amqp/codec/value';

/** ha/types.h BrokerStatus */
export const statusNumbers = {
  joining: 0,
  catchup: 1,
  ready: 2,
  recovering: 3,
  active: 4,
  standalone: 5,
} as const;

export type HaStatus = keyof typeof statusNumbers;

export interface Member {
  readonly systemId: string;
  /** Empty for a broker that stands alone. */
  readonly host: string;
  readonly port: number;
  readonly status: HaStatus;
}

/** As a broker shows it, and tells others of it in the connection property `qpid.ha-backup`. */
export function encodeMember({ systemId, host, port, status }: Member): AmqpMap {
  return mapOf({
    'host-name': binary(host),
    port: ushort(port),
    protocol: binary(host === '' ? '' : 'tcp'),
    status: int(statusNumbers[status]),
    'system-id': uuid(systemId),
  });
}

/** All members that a broker knows of (ha/Membership.cpp). */
export class Membership {
  readonly #members = new Map<string, Member>();
  readonly #changed: () => void;
  readonly self: string;

  constructor(self: Member, changed: () => void) {
    this.self = self.systemId;
    this.#members.set(self.systemId, self);
    this.#changed = changed;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  get own(): Member {
    return this.#members.get(this.self) ?? { systemId: this.self, host: '', port: 0, status: 'standalone' };
  }

  get others(): readonly Member[] {
    return this.members.filter(({ systemId }) => systemId !== this.self);
  }

  get(systemId: string): Member | undefined {
    return this.#members.get(systemId);
  }

  set(member: Member): void {
    this.#members.set(member.systemId, member);
    this.#changed();
  }

  setStatus(systemId: string, status: HaStatus): void {
    const member = this.#members.get(systemId);
    if (member !== undefined && member.status !== status) this.set({ ...member, status });
  }

  remove(systemId: string): void {
    if (this.#members.delete(systemId)) this.#changed();
  }

  /** What the primary says. */
  replace(members: readonly Member[]): void {
    const { own } = this;
    this.#members.clear();
    for (const member of [
      ...members,
      ...(members.some(({ systemId }) => systemId === this.self) ? [] : [own]),
    ]) {
      this.#members.set(member.systemId, member);
    }
    this.#changed();
  }

  encode(): readonly AmqpValue[] {
    return this.members.map(encodeMember);
  }
}
