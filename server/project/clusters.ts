import type { ConfigDocument } from '../config/config-document';
import type { ManifestDocument } from '../manifest/manifest-document';
import type { ManifestBroker } from '../manifest/model';
import type { DocumentUri } from '../text/document';
import type { ProjectCluster } from './project';
import { resolveFrom } from './uris';

/** The clusters of a manifest: brokers with several addresses, or with several files. */
export function clustersOf(uri: DocumentUri, { manifest }: ManifestDocument): readonly ProjectCluster[] {
  return manifest.brokers.flatMap((broker) => {
    const { configs, address } = broker;
    const members = address?.endpoint?.members ?? [];
    if (configs.length === 0 || (configs.length < 2 && members.length < 2)) return [];
    return [clusterOf(uri, broker)];
  });
}

/** The files are in the order of the addresses, where there are as many. */
function clusterOf(uri: DocumentUri, { name, configs, address }: ManifestBroker): ProjectCluster {
  const known = address?.endpoint?.members ?? [];
  // One address of several members is one that moves with the primary, and is no member's own.
  const addresses = known.length > 1 ? known : [];
  const paired = addresses.length === configs.length;
  return {
    name: name.value,
    uri,
    span: name.span,
    addresses,
    members: configs.map((path, index) => ({
      conf: resolveFrom(uri, path.value),
      uri,
      span: path.span,
      address: paired ? addresses[index] : undefined,
    })),
  };
}

/** The clusters of a project configuration. */
export function configuredClusters(uri: DocumentUri, { config }: ConfigDocument): readonly ProjectCluster[] {
  return config.clusters.map(({ name, nameSpan, members }) => {
    const addresses = members.flatMap(({ address }) => (address === undefined ? [] : [address]));
    return {
      name,
      uri,
      span: nameSpan,
      addresses: addresses.length === members.length ? addresses : [],
      members: members.map(({ file, address }) => ({
        conf: resolveFrom(uri, file.value),
        uri,
        span: file.span,
        address,
      })),
    };
  });
}
