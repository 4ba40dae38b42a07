import type { Manifest, ManifestBroker } from '../../manifest/model';
import { isComplete } from '../../manifest/model';
import type { BrokerRef, Replication } from '../contract';

/** A replication that a manifest declares, and whether it is to run. */
export interface DesiredReplication {
  readonly replication: Replication;
  readonly state: 'running' | 'stopped';
}

/** What a manifest asks for. Entries that it does not declare completely are passed over: they are findings. */
export function desiredReplications(manifest: Manifest): readonly DesiredReplication[] {
  const brokers = new Map(manifest.brokers.flatMap((broker) => brokerEntry(broker)));
  return manifest.replications.flatMap((entry) => {
    if (!isComplete(entry)) return [];
    const origin = brokers.get(entry.from.value);
    const replica = brokers.get(entry.to.value);
    if (origin === undefined || replica === undefined) return [];
    const { create, state, linkAddress } = entry;
    const replication: Replication = {
      queue: entry.queue.value,
      origin,
      replica,
      create,
      ...(linkAddress === undefined ? {} : { linkAddress: linkAddress.text.value }),
    };
    return [{ replication, state }];
  });
}

/** Every broker that the manifest declares with an address that can be read. */
export function declaredBrokers(manifest: Manifest): readonly BrokerRef[] {
  return manifest.brokers.flatMap((broker) => brokerEntry(broker).map(([, ref]) => ref));
}

function brokerEntry({ name, address }: ManifestBroker): [string, BrokerRef][] {
  const endpoint = address?.endpoint;
  return endpoint === undefined ? [] : [[name.value, { name: name.value, endpoint }]];
}
