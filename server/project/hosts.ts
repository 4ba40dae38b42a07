import type { ManifestDocument } from '../manifest/manifest-document';
import type { ManifestText } from '../manifest/model';
import type { ConfDocument } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import { type Span, span } from '../text/span';
import type { Project } from './project';

/** A host, as an address somewhere in the files names it. */
export interface HostPlace {
  readonly uri: DocumentUri;
  /** An IPv6 address with its brackets. */
  readonly span: Span;
  /** Without brackets, in small letters: host names know no others. */
  readonly host: string;
}

const beforeMembers = /^\s*(?:amqps?:\/\/|amqp:)?/;

/** The hosts of an address or URL with their offsets, also where the rest of it is broken. */
function hostsIn(address: string): readonly { readonly host: string; readonly span: Span }[] {
  const at = address.lastIndexOf('@');
  const from = at < 0 ? (beforeMembers.exec(address)?.[0].length ?? 0) : at + 1;
  const member = /([^,\s]+)/g;
  member.lastIndex = from;
  return [...address.matchAll(member)].flatMap(({ 0: text, index }) => {
    const [, tag = '', written] =
      /^((?:(?:tcp|ssl|rdma):(?=[^0-9]))?)(\[[0-9A-Fa-f:.]+\]|[\w.~%-]+)/.exec(text) ?? [];
    if (written === undefined) return [];
    const start = index + tag.length;
    return [{ host: bare(written), span: span(start, start + written.length) }];
  });
}

function bare(written: string): string {
  return written.replace(/^\[|\]$/g, '').toLowerCase();
}

export function hostsOfConf({ source, settings }: ConfDocument): readonly HostPlace[] {
  return settings.flatMap(({ option, text, value }) => {
    const isAddress = option.type.kind === 'url' || option.name === 'interface';
    if (!isAddress || text === 'none' || source.text.slice(value.start, value.end) !== text) return [];
    return hostsIn(text).map((found) => placed(source.uri, found, value.start));
  });
}

export function hostsOfManifest({ source, draft }: ManifestDocument): readonly HostPlace[] {
  const addresses = [
    ...draft.brokers.map(({ address }) => address?.text),
    ...draft.replications.map(({ linkAddress }) => linkAddress?.text),
  ].filter((text) => text !== undefined);
  const places = addresses.flatMap((text: ManifestText) => {
    const { literalStart } = text;
    if (literalStart === undefined) return [];
    return hostsIn(text.value).map((found) => placed(source.uri, found, literalStart));
  });
  // What an alias stands for is written once.
  return [...new Map(places.map((place) => [place.span.start, place])).values()];
}

function placed(
  uri: DocumentUri,
  { host, span: at }: ReturnType<typeof hostsIn>[number],
  by: number,
): HostPlace {
  return { uri, host, span: span(at.start + by, at.end + by) };
}

/** All hosts in the files of the deployment that a file belongs to. */
export function hostsAround(project: Project, uri: DocumentUri): readonly HostPlace[] {
  return deploymentOf(project, uri).flatMap((file) => {
    const conf = project.confs.get(file);
    if (conf !== undefined) return hostsOfConf(conf);
    const manifest = project.manifests.get(file);
    return manifest === undefined ? [] : hostsOfManifest(manifest);
  });
}

/**
 * The files that manifests and declared clusters tie to a file, itself included. A qpidd.conf that nothing ties to
 * others is taken together with all others of that kind.
 */
function deploymentOf(project: Project, uri: DocumentUri): readonly DocumentUri[] {
  const ties = tiesOf(project);
  if (!ties.has(uri)) {
    if (!project.confs.has(uri)) return [uri];
    return [...project.confs.keys()].filter((conf) => !ties.has(conf));
  }
  const reached = new Set([uri]);
  for (const file of reached) {
    for (const other of ties.get(file) ?? []) reached.add(other);
  }
  return [...reached];
}

function tiesOf({ links, clusters }: Project): ReadonlyMap<DocumentUri, ReadonlySet<DocumentUri>> {
  const ties = new Map<DocumentUri, Set<DocumentUri>>();
  const tie = (one: DocumentUri, other: DocumentUri) => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = ties.get(from) ?? new Set();
      ties.set(from, known.add(to));
    }
  };
  for (const { manifest, conf } of links) tie(manifest.source.uri, conf);
  for (const { members } of clusters) {
    const [first] = members;
    for (const { conf } of members) if (first !== undefined) tie(first.conf, conf);
  }
  return ties;
}
