/** What became of each message, as far as its sender and its consumer know. */
export class Ledger {
  private readonly accepted = new Set<string>();
  private readonly uncertain = new Set<string>();
  private readonly consumed = new Set<string>();
  private next = 0;

  /** New ids: until they are accepted they may or may not be on the queue. */
  issue(count: number): readonly string[] {
    return Array.from({ length: count }, () => {
      this.next += 1;
      const id = `m${this.next}`;
      this.uncertain.add(id);
      return id;
    });
  }

  accept(id: string): void {
    this.uncertain.delete(id);
    this.accepted.add(id);
  }

  /** Messages that are surely on the queue. */
  get depth(): number {
    return this.accepted.size - this.consumed.size;
  }

  consume(id: string): void {
    this.consumed.add(id);
  }

  /** After the queue has been created anew, on a broker that forgot it. */
  forget(): void {
    this.accepted.clear();
    this.uncertain.clear();
    this.consumed.clear();
  }

  /**
   * What is wrong with the content of the origin, if anything. `redelivered`: the broker was killed, and may have
   * found messages again that were consumed.
   */
  judge(content: readonly string[], redelivered: boolean): string | undefined {
    const here = new Set(content);
    if (here.size < content.length) return `${content.length - here.size} messages are on the origin twice`;
    const lost = [...this.accepted].filter((id) => !this.consumed.has(id) && !here.has(id));
    if (lost.length > 0) return `${lost.length} messages are lost on the origin, ${lost[0]} the first`;
    const strange = content.filter((id) => !this.accepted.has(id) && !this.uncertain.has(id));
    if (strange.length > 0)
      return `${strange.length} messages on the origin are nobody's, ${strange[0]} the first`;
    const again = redelivered ? [] : content.filter((id) => this.consumed.has(id));
    return again.length === 0 ? undefined : `${again.length} consumed messages are on the origin again`;
  }
}
