import type { ConfigDocument } from '../config/config-document';
import type { Config, ConfigText } from '../config/model';
import { presetOf } from '../config/presets';
import type { DocumentUri } from '../text/document';
import type { UnreadableReason } from './file-system';
import { canonicalUri, resolveFrom } from './uris';

/** Configurations above each other; more than that is an endless way through links. */
const maximumDepth = 10;

/** Configurations of one stack, one that is reached twice counted twice. */
const maximumBases = 100;

/** A configuration, and all on which it builds. */
export interface ConfigStack {
  /** The weakest first, the configuration itself last. */
  readonly layers: readonly Config[];
  /** The files on which it builds, at whatever depth. */
  readonly bases: readonly DocumentUri[];
  readonly faults: readonly ExtendsFault[];
}

/** An entry of `extends` that does not have its whole effect, or none. */
export interface ExtendsFault {
  /** The file in which the entry stands. */
  readonly uri: DocumentUri;
  readonly entry: ConfigText;
  readonly reason: ExtendsFaultReason;
}

export type ExtendsFaultReason =
  | { readonly kind: 'unread'; readonly reason: UnreadableReason | 'missing' }
  | { readonly kind: 'cycle' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'many' }
  /** Something is wrong with the file itself. */
  | { readonly kind: 'broken'; readonly base: ConfigDocument };

export type ReadConfig = (uri: DocumentUri) => ConfigDocument | UnreadableReason | 'missing';

/** Follows the entries of `extends`. Never throws, and comes to an end. */
export function stackOf(uri: DocumentUri, { config }: ConfigDocument, read: ReadConfig): ConfigStack {
  const stack = new Stack(read);
  stack.add(uri, config, [uri]);
  return stack;
}

class Stack implements ConfigStack {
  readonly layers: Config[] = [];
  readonly bases: DocumentUri[] = [];
  readonly faults: ExtendsFault[] = [];

  constructor(private readonly read: ReadConfig) {}

  /** @param chain the files that lead here, this one last. */
  add(uri: DocumentUri, config: Config, chain: readonly DocumentUri[]): void {
    for (const entry of config.extends) {
      const preset = presetOf(entry.value);
      if (preset !== undefined) this.layers.push(preset);
      else this.follow(uri, entry, chain);
    }
    this.layers.push(config);
  }

  private follow(uri: DocumentUri, entry: ConfigText, chain: readonly DocumentUri[]): void {
    const fault = (reason: ExtendsFaultReason) => this.faults.push({ uri, entry, reason });
    const target = canonicalUri(resolveFrom(uri, entry.value));
    if (chain.includes(target)) {
      fault({ kind: 'cycle' });
      return;
    }
    if (chain.length > maximumDepth || this.bases.length >= maximumBases) {
      fault({ kind: chain.length > maximumDepth ? 'deep' : 'many' });
      return;
    }
    const base = this.read(target);
    if (typeof base === 'string') {
      fault({ kind: 'unread', reason: base });
      return;
    }
    if (base.problems.length > 0) fault({ kind: 'broken', base });
    this.bases.push(target);
    this.add(target, base.config, [...chain, target]);
  }
}
