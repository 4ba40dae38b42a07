import type { EndpointMember } from '../address/endpoint';
import type { ManifestDocument } from '../manifest/manifest-document';
import {
  type CompleteReplication,
  isComplete,
  type ManifestBroker,
  type ManifestText,
} from '../manifest/model';
import { isClusterMember } from '../qpidd-conf/ha';
import type { ConfDocument } from '../qpidd-conf/model';
import type { ConfigLink, Project } from './project';

/** A broker of a manifest, with those of its files that could be read. */
export interface Side {
  readonly broker: ManifestBroker;
  readonly files: readonly SideFile[];
}

export interface SideFile {
  readonly link: ConfigLink;
  readonly conf: ConfDocument;
}

/** Replications that are to run from one broker to another, over one address. */
export interface Route {
  readonly manifest: ManifestDocument;
  readonly origin: Side;
  readonly replica: Side;
  /** In the order of the manifest; at least one. */
  readonly replications: readonly [CompleteReplication, ...CompleteReplication[]];
  /** Where the replica broker dials; empty where that is not known. */
  readonly dialled: readonly Dialled[];
}

/** One address of a link. The transport is written as the broker does: `ssl`, or else TCP. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'ssl' | 'rdma';
}

/** What the manifests want to be replicated, route by route. Replications that are stopped are passed over. */
export function routesOf(project: Project): readonly Route[] {
  const known = knownRoutes.get(project);
  if (known !== undefined) return known;
  const files = filesByManifest(project);
  const routes = [...project.manifests.values()].flatMap((manifest) =>
    routesIn(manifest, files.get(manifest) ?? []),
  );
  knownRoutes.set(project, routes);
  return routes;
}

/** Many rules ask for the same. */
const knownRoutes = new WeakMap<Project, readonly Route[]>();

function filesByManifest({ links, confs }: Project): ReadonlyMap<ManifestDocument, readonly SideFile[]> {
  const files = new Map<ManifestDocument, SideFile[]>();
  for (const link of links) {
    const conf = confs.get(link.conf);
    if (conf === undefined || conf.notText !== undefined) continue;
    const others = files.get(link.manifest);
    if (others === undefined) files.set(link.manifest, [{ link, conf }]);
    else others.push({ link, conf });
  }
  return files;
}

function routesIn(manifest: ManifestDocument, files: readonly SideFile[]): readonly Route[] {
  const sides = new Map<string, Side & { readonly files: SideFile[] }>();
  for (const broker of manifest.manifest.brokers) sides.set(broker.name.value, { broker, files: [] });
  for (const file of files) sides.get(file.link.broker.name.value)?.files.push(file);
  const routes = new Map<string, Route & { readonly replications: CompleteReplication[] }>();
  for (const replication of manifest.manifest.replications) {
    if (!isComplete(replication) || replication.state === 'stopped') continue;
    const { from, to, linkAddress } = replication;
    const [origin, replica] = [sides.get(from.value), sides.get(to.value)];
    if (origin === undefined || replica === undefined || origin === replica) continue;
    const key = JSON.stringify([from.value, to.value, linkAddress?.text.value]);
    const known = routes.get(key);
    if (known !== undefined) known.replications.push(replication);
    else {
      const dialled = dialledBy(replication, origin);
      routes.set(key, { manifest, origin, replica, replications: [replication], dialled });
    }
  }
  return [...routes.values()];
}

/** `replicate` is given the link address, or else the origin's own, in the broker's grammar. */
function dialledBy({ linkAddress }: CompleteReplication, { broker }: Side): readonly Dialled[] {
  if (linkAddress !== undefined) return linkAddress.members;
  return (broker.address?.endpoint?.members ?? []).map(toDialled);
}

export function toDialled({ host, port, tls }: EndpointMember): Dialled {
  return { host, port, transport: tls ? 'ssl' : 'tcp' };
}

/** Whether a broker is a cluster, by the manifest or by its own files. */
export function isCluster({ broker, files }: Side): boolean {
  return (
    (broker.address?.endpoint?.members.length ?? 0) > 1 ||
    broker.configs.length > 1 ||
    files.some(({ conf }) => isClusterMember(conf))
  );
}

/** One for each pair of a file of the origin and a file of the replica. */
export function pairsOf({
  origin,
  replica,
}: Route): readonly { readonly origin: SideFile; readonly replica: SideFile }[] {
  return origin.files.flatMap((one) => replica.files.map((other) => ({ origin: one, replica: other })));
}

/** Where the address stands that the link goes to. */
export function linkAddressOf({ replications, origin }: Route): ManifestText | undefined {
  return replications[0].linkAddress?.text ?? origin.broker.address?.text;
}

/** The files of all origins, each once for each broker. */
export function originFiles(project: Project): readonly { readonly side: Side; readonly file: SideFile }[] {
  return filesOf(routesOf(project).map(({ origin }) => origin));
}

/** The files of all replica brokers, each once for each broker. */
export function replicaFiles(project: Project): readonly { readonly side: Side; readonly file: SideFile }[] {
  return filesOf(routesOf(project).map(({ replica }) => replica));
}

function filesOf(sides: readonly Side[]): readonly { readonly side: Side; readonly file: SideFile }[] {
  return [...new Set(sides)].flatMap((side) => side.files.map((file) => ({ side, file })));
}
