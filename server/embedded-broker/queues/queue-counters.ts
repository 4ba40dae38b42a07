export type Removal = 'consumed' | 'lvq' | 'purge' | 'ring' | 'ttl';

/** The statistics of a queue, or of all queues together. */
export class QueueCounters {
  byteDepth = 0;
  msgTotalEnqueues = 0n;
  msgTotalDequeues = 0n;
  byteTotalEnqueues = 0n;
  byteTotalDequeues = 0n;
  acquires = 0n;
  releases = 0n;
  discardsLvq = 0n;
  discardsTtl = 0n;
  discardsRing = 0n;
  discardsPurge = 0n;
  discardsOverflow = 0n;
  flowStopped = false;
  flowStoppedCount = 0;

  enqueued(size: number): void {
    this.byteDepth += size;
    this.msgTotalEnqueues += 1n;
    this.byteTotalEnqueues += BigInt(size);
  }

  dequeued(size: number, reason: Removal): void {
    this.byteDepth -= size;
    this.msgTotalDequeues += 1n;
    this.byteTotalDequeues += BigInt(size);
    if (reason === 'purge') this.discardsPurge += 1n;
    if (reason === 'lvq') this.discardsLvq += 1n;
    if (reason === 'ring') this.discardsRing += 1n;
    if (reason === 'ttl') this.discardsTtl += 1n;
  }

  add(other: QueueCounters): void {
    this.byteDepth += other.byteDepth;
    this.msgTotalEnqueues += other.msgTotalEnqueues;
    this.msgTotalDequeues += other.msgTotalDequeues;
    this.byteTotalEnqueues += other.byteTotalEnqueues;
    this.byteTotalDequeues += other.byteTotalDequeues;
    this.acquires += other.acquires;
    this.releases += other.releases;
    this.discardsLvq += other.discardsLvq;
    this.discardsTtl += other.discardsTtl;
    this.discardsRing += other.discardsRing;
    this.discardsPurge += other.discardsPurge;
    this.discardsOverflow += other.discardsOverflow;
  }

  stopFlow(): void {
    if (this.flowStopped) return;
    this.flowStopped = true;
    this.flowStoppedCount += 1;
  }
}
