import type { EndpointMember } from '../address/endpoint';
import type { ConfigDocument } from '../config/config-document';
import type { FileSettings } from '../config/levels';
import type { ManifestDocument } from '../manifest/manifest-document';
import type { ManifestBroker, ManifestText } from '../manifest/model';
import type { ConfDocument } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import type { Span } from '../text/span';
import type { ExtendsFault } from './extends';
import type { FileSystem, UnreadableReason } from './file-system';
import type { Language } from './languages';

/** The files of one deployment, or of several, seen together. */
export interface Project {
  readonly confs: ReadonlyMap<DocumentUri, ConfDocument>;
  readonly manifests: ReadonlyMap<DocumentUri, ManifestDocument>;
  /** Project configurations: those that were asked for, those of the files that were, and those on which these build. */
  readonly configs: ReadonlyMap<DocumentUri, ConfigDocument>;
  /** Entries of `extends` in them that have not their whole effect; one that several build on is there several times. */
  readonly extendsFaults: readonly ExtendsFault[];
  /** What the configuration of a file says of it. */
  settingsFor(file: DocumentUri): FileSettings;
  /** The `config:` entries of all manifests, also those whose file could not be read. */
  readonly links: readonly ConfigLink[];
  /** What is declared as a cluster, anywhere; one declared twice is there twice. */
  readonly clusters: readonly ProjectCluster[];
  /** Where the files come from: for what else there is to know of them, and of files that are none of the project. */
  readonly files: FileSystem;
  /** Files that were asked for, or named by a manifest, and could not be read. */
  readonly unread: ReadonlyMap<DocumentUri, UnreadFile>;
  /** Files that are judged, and those that belong to them. The others are here to judge these by. */
  readonly subjects: ReadonlySet<DocumentUri>;
  /** Those of them in which findings are wanted, with the reason. */
  readonly reported: ReadonlyMap<DocumentUri, ReportedBecause>;
  /** The configurations of these, and those on which they build: what is wrong with them is wrong with each file. */
  readonly configsInForce: ReadonlySet<DocumentUri>;
  /** False where there were more files than are looked for. */
  readonly complete: boolean;
  /** What is there, and could not be looked at. */
  readonly leftOut: LeftOut;
}

/** named: by who asks. name, content: it was found by that. linked: a file that is reported names it. */
export type ReportedBecause = 'named' | 'name' | 'content' | 'linked';

export interface LeftOut {
  /** Folders that may not be looked into. */
  readonly closed: ReadonlySet<DocumentUri>;
  /** How many files and folders have a name that is no UTF-8. */
  readonly unnameable: number;
}

/** The `qpidd.conf` files that others name: manifests, and project configurations. */
export function namedFiles({
  links,
  clusters,
}: Pick<Project, 'links' | 'clusters'>): ReadonlySet<DocumentUri> {
  return new Set([
    ...links.map(({ conf }) => conf),
    ...clusters.flatMap(({ members }) => members.map(({ conf }) => conf)),
  ]);
}

/** One file under `config:` of one broker. */
export interface ConfigLink {
  readonly manifest: ManifestDocument;
  readonly broker: ManifestBroker;
  /** As written in the manifest. */
  readonly path: ManifestText;
  readonly conf: DocumentUri;
}

/** Brokers that are declared to be the members of one cluster, and their files. */
export interface ProjectCluster {
  readonly name: string;
  /** Where it is declared, and there the place of its name. */
  readonly uri: DocumentUri;
  readonly span: Span;
  /** Those of which a file is named; a file may stand for several members. */
  readonly members: readonly ClusterMember[];
  /** Of all members, those without a file too; empty where they are not known. */
  readonly addresses: readonly EndpointMember[];
}

export interface ClusterMember {
  readonly conf: DocumentUri;
  /** Where the file is named. */
  readonly uri: DocumentUri;
  readonly span: Span;
  /** Where this member is reached from here, if that is known. */
  readonly address: EndpointMember | undefined;
}

export interface UnreadFile {
  readonly language: Language;
  readonly reason: UnreadableReason | 'missing';
}
