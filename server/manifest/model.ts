import type { BrokerUrlMember } from '../address/broker-url';
import type { Endpoint } from '../address/endpoint';
import type { Span } from '../text/span';
import { spanWithin, type YamlText } from '../yaml/tree';

/** What a manifest declares: as much of it as is well formed, each part with its place. */
export interface Manifest {
  readonly brokers: readonly ManifestBroker[];
  readonly replications: readonly ManifestReplication[];
}

export interface ManifestBroker {
  readonly name: ManifestText;
  readonly address: ManifestAddress | undefined;
  /** Paths as written, relative to the manifest: one file, or one for each member of a cluster. */
  readonly configs: readonly ManifestText[];
  readonly primaryScript: ManifestText | undefined;
  readonly clusterConf: ManifestText | undefined;
  /** The whole entry. */
  readonly span: Span;
}

export interface ManifestReplication {
  readonly queue: ManifestText | undefined;
  /** Name of the origin broker. */
  readonly from: ManifestText | undefined;
  /** Name of the replica broker. */
  readonly to: ManifestText | undefined;
  readonly linkAddress: ManifestLinkAddress | undefined;
  readonly create: 'if-missing' | 'never';
  readonly state: 'running' | 'stopped';
  /** The whole entry. */
  readonly span: Span;
}

/** A replication of which everything is written: what rules and the engine work with. */
export interface CompleteReplication extends ManifestReplication {
  readonly queue: ManifestText;
  readonly from: ManifestText;
  readonly to: ManifestText;
}

export function isComplete(replication: ManifestReplication): replication is CompleteReplication {
  const { queue, from, to } = replication;
  return queue !== undefined && from !== undefined && to !== undefined;
}

export type ManifestText = YamlText;

export { spanWithin };

/** An address that may carry credentials: nobody but the rule that removes them shall see those. */
interface AddressText {
  readonly text: ManifestText;
  /** Offsets in the text's value: from the user name to the last `@`, inclusive. */
  readonly credentials: Span | undefined;
  /** Offset in the text's value, and a reason that quotes nothing secret. */
  readonly fault: AddressFault | undefined;
}

export interface AddressFault {
  readonly offset: number;
  readonly reason: string;
}

export interface ManifestAddress extends AddressText {
  /** `undefined` where the address is malformed. */
  readonly endpoint: Endpoint | undefined;
}

export interface ManifestLinkAddress extends AddressText {
  /** None where it is malformed. */
  readonly members: readonly BrokerUrlMember[];
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}
