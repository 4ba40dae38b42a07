import { Bridge, type BridgeOptions } from './bridge';
import type { Link } from './link';

/** Milliseconds for which a deleted bridge is still listed: its session is ended first (broker/Link.cpp cancel). */
const farewell = 3;

export class LinkRegistry {
  readonly #links = new Map<string, Link>();
  readonly #bridges = new Set<Bridge>();
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Deleted links as well, while a replicator holds them. */
  get links(): readonly Link[] {
    for (const link of [...this.#links.values()]) if (link.isGone) this.#links.delete(link.name);
    return [...this.#links.values()];
  }

  get bridges(): ReadonlySet<Bridge> {
    return this.#bridges;
  }

  addLink(link: Link): void {
    this.#links.set(link.name, link);
  }

  hasBridge(bridge: Bridge): boolean {
    return this.#bridges.has(bridge);
  }

  declareBridge(options: Omit<BridgeOptions, 'closed'>): Bridge {
    const bridge = new Bridge({ ...options, closed: (closed) => this.#forget(closed) });
    this.#bridges.add(bridge);
    options.link.add(bridge);
    return bridge;
  }

  #forget(bridge: Bridge): void {
    if (bridge.link.connectedSince === undefined) {
      this.#bridges.delete(bridge);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#bridges.delete(bridge);
    }, farewell);
    this.#timers.add(timer);
  }

  closeLink(name: string): void {
    this.#links.get(name)?.close();
  }

  bridgeNamed(name: string): Bridge | undefined {
    return [...this.#bridges].find((bridge) => bridge.name === name);
  }

  abandon(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const link of this.#links.values()) link.abandon();
  }
}
