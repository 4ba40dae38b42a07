import type { ConfigDocument } from '../config/config-document';
import type { FileSettings } from '../config/levels';
import type { ManifestDocument } from '../manifest/manifest-document';
import type { ConfDocument } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import { isForeign } from './by-content';
import { clustersOf, configuredClusters } from './clusters';
import { type ConfigurationChoice, Configurations, nearestConfiguration } from './configurations';
import { type DiscoveryLimits, discover, namesIn } from './discover';
import { DocumentCache, type Readable } from './document-cache';
import type { ExtendsFault } from './extends';
import { type FileContent, type FileSystem, type FolderEntry, headOf } from './file-system';
import { type Language, languageOf, recognise } from './languages';
import { peersOf } from './peers';
import type { ConfigLink, Project, ProjectCluster, ReportedBecause, UnreadFile } from './project';
import { baseName, canonicalUri, childUri, folderOf, resolveFrom } from './uris';

/** A file or a folder to look at. */
export interface ProjectEntry {
  readonly uri: DocumentUri;
  /** The language of a file whose name does not say it. */
  readonly language?: Language;
  /** How it was found, if it was: of a file that only has the name of a qpidd.conf the content counts, too. */
  readonly by?: 'name' | 'content';
  /** Passed over where its configuration ignores it; otherwise a file that is named is taken anyway. */
  readonly ignorable?: boolean;
  /**
   * Where findings are wanted: everywhere in it and in what belongs to it, in nothing but itself, or nowhere, for what
   * others are judged by. What is found does not depend on it.
   */
  readonly report?: 'all' | 'itself' | 'nothing';
  /** False: of a folder also what git ignores. */
  readonly gitIgnore?: boolean;
  /** How far to look in a folder. */
  readonly limits?: DiscoveryLimits;
}

/**
 * Reads the files that are asked for and those that belong to them: the `config:` files of a manifest, and,
 * for a `qpidd.conf`, the manifests in its folder and above that name it, and the files of the brokers that it has
 * to do with there, so that what is wrong between two files is found from either side.
 *
 * @param cache keeps what is parsed from one call to the next.
 * @param choice which project configuration counts.
 */
export function openProject(
  files: FileSystem,
  entries: readonly ProjectEntry[],
  cache: DocumentCache = new DocumentCache(),
  choice: ConfigurationChoice = nearestConfiguration,
): Project {
  const opening = new Opening(files, cache, choice);
  for (const entry of entries) opening.enter(canonicalUri(entry.uri), entry);
  opening.readConfigs();
  opening.readLinked();
  opening.readConfigs();
  opening.readContext();
  return opening;
}

/** Folders above a `qpidd.conf` that are searched for manifests, its own not counted. */
const maximumAncestors = 5;

/** Manifests of one folder that are read to see whether they name a `qpidd.conf`. */
const maximumManifests = 50;

class Opening implements Project {
  readonly confs = new Map<DocumentUri, ConfDocument>();
  readonly manifests = new Map<DocumentUri, ManifestDocument>();
  readonly configs = new Map<DocumentUri, ConfigDocument>();
  readonly extendsFaults: ExtendsFault[] = [];
  readonly links: ConfigLink[] = [];
  readonly clusters: ProjectCluster[] = [];
  readonly unread = new Map<DocumentUri, UnreadFile>();
  readonly subjects = new Set<DocumentUri>();
  readonly reported = new Map<DocumentUri, ReportedBecause>();
  readonly configsInForce = new Set<DocumentUri>();
  readonly leftOut = { closed: new Set<DocumentUri>(), unnameable: 0 };
  complete = true;
  /** Manifests and configurations that are reported with the files that they name. */
  private readonly followed = new Set<DocumentUri>();
  private readonly seen = new Map<DocumentUri, FileContent>();
  private readonly folders = new Map<DocumentUri, readonly FolderEntry[]>();
  private readonly configurations: Configurations;

  constructor(
    readonly files: FileSystem,
    private readonly cache: DocumentCache,
    private readonly choice: ConfigurationChoice,
  ) {
    this.configurations = new Configurations(files, cache, (folder) => this.listed(folder), choice);
  }

  settingsFor(file: DocumentUri): FileSettings {
    return this.configurations.settingsFor(file);
  }

  enter(uri: DocumentUri, entry: Omit<ProjectEntry, 'uri'>): void {
    const { language, by, ignorable = false, report = 'all' } = entry;
    const content = this.files.read(uri);
    if (content.kind === 'unreadable' && content.reason === 'folder') {
      this.enterFolder(uri, entry);
      return;
    }
    if (ignorable && this.isIgnored(uri)) return;
    this.seen.set(uri, content);
    if (by === 'name' && language === 'conf' && this.isForeign(uri)) return;
    if (report === 'all') this.followed.add(uri);
    this.read(uri, language ?? this.languageOfNamed(uri), report === 'nothing' ? undefined : 'named');
  }

  private languageOfNamed(uri: DocumentUri): Language {
    const name = baseName(uri);
    return recognise(name) ?? this.files.recognise(uri)?.language ?? languageOf(name);
  }

  private enterFolder(
    folder: DocumentUri,
    { report = 'all', gitIgnore, limits }: Omit<ProjectEntry, 'uri'>,
  ): void {
    const discovery = discover(this.filesToWalk(), folder, {
      ...(gitIgnore === undefined ? {} : { gitIgnore }),
      ...(limits === undefined ? {} : { limits }),
      isIgnored: (uri) => this.isIgnored(uri),
    });
    if (!discovery.complete) this.complete = false;
    for (const uri of discovery.closed) this.leftOut.closed.add(uri);
    this.leftOut.unnameable = Math.max(this.leftOut.unnameable, discovery.unnameable);
    for (const { uri, language, by, content } of discovery.found) {
      if (!this.isWanted(language)) continue;
      if (content !== undefined) this.seen.set(uri, content);
      if (by === 'name' && language === 'conf' && this.isForeign(uri)) continue;
      if (report === 'all') this.followed.add(uri);
      this.read(uri, language, report === 'nothing' ? undefined : by);
    }
  }

  private filesToWalk() {
    const { files } = this;
    return {
      list: (uri: DocumentUri) => this.listed(uri),
      read: (uri: DocumentUri) => files.read(uri),
      recognise: (uri: DocumentUri) => files.recognise(uri),
      isClosed: (uri: DocumentUri) => files.isClosed(uri),
    };
  }

  /** A file that is named like a qpidd.conf, and is another program's. */
  private isForeign(uri: DocumentUri): boolean {
    const content = this.contentOf(uri);
    this.seen.set(uri, content);
    const head = headOf(content);
    return head !== undefined && isForeign(head);
  }

  private contentOf(uri: DocumentUri): FileContent {
    return this.seen.get(uri) ?? this.files.read(uri);
  }

  /** Where another configuration counts than those of the folders, these are none of the project's files. */
  private isWanted(language: Language): boolean {
    return language !== 'config' || this.choice.which.kind === 'nearest';
  }

  private isIgnored(uri: DocumentUri): boolean {
    return this.settingsFor(uri).isIgnored;
  }

  /**
   * Reads a file as a subject.
   *
   * @param because why findings in it are wanted; undefined where they are not.
   */
  private read(uri: DocumentUri, language: Language, because: ReportedBecause | undefined): void {
    this.subjects.add(uri);
    if (because !== undefined && !this.reported.has(uri)) this.reported.set(uri, because);
    if (this.confs.has(uri) || this.manifests.has(uri) || this.configs.has(uri)) return;
    const content = this.contentOf(uri);
    this.seen.delete(uri);
    switch (content.kind) {
      case 'missing':
        this.unread.set(uri, { language, reason: 'missing' });
        return;
      case 'unreadable':
        this.unread.set(uri, { language, reason: content.reason });
        return;
      case 'bytes':
      case 'document':
        this.add(uri, language, content);
    }
  }

  private add(uri: DocumentUri, language: Language, content: Readable): void {
    switch (language) {
      case 'conf':
        this.confs.set(uri, this.confOf(uri, content));
        return;
      case 'manifest':
        this.addManifest(uri, this.cache.manifest(uri, content));
        return;
      case 'config':
        this.addConfig(uri, this.cache.config(uri, content));
    }
  }

  private confOf(uri: DocumentUri, content: Readable): ConfDocument {
    return this.cache.conf(uri, content, this.settingsFor(uri).broker);
  }

  private addConfig(uri: DocumentUri, config: ConfigDocument): void {
    if (this.configs.has(uri)) return;
    this.configs.set(uri, config);
    this.clusters.push(...configuredClusters(uri, config));
    const stack = this.configurations.stack(uri);
    this.extendsFaults.push(...(stack?.faults ?? []));
    for (const base of stack?.bases ?? []) {
      const document = this.configurations.read(base);
      if (document !== undefined) this.addConfig(base, document);
    }
  }

  private addManifest(uri: DocumentUri, manifest: ManifestDocument): void {
    this.manifests.set(uri, manifest);
    this.links.push(...linksOf(uri, manifest));
    this.clusters.push(...clustersOf(uri, manifest));
  }

  /** The configurations of the subjects. */
  readConfigs(): void {
    for (const subject of [...this.subjects]) {
      const uri = this.configurations.uriFor(subject);
      if (uri === undefined) continue;
      if (this.reported.has(subject)) this.putInForce(uri);
      if (this.configs.has(uri)) continue;
      const config = this.configurations.read(uri);
      const reason = this.configurations.unreadable.get(uri);
      if (config !== undefined) this.addConfig(uri, config);
      else if (reason !== undefined) {
        this.subjects.add(uri);
        this.unread.set(uri, { language: 'config', reason });
      }
    }
  }

  private putInForce(uri: DocumentUri): void {
    if (this.configsInForce.has(uri)) return;
    this.configsInForce.add(uri);
    for (const base of this.configurations.stack(uri)?.bases ?? []) this.configsInForce.add(base);
  }

  readLinked(): void {
    const becauseOf = (uri: DocumentUri) => (this.followed.has(uri) ? 'linked' : undefined);
    for (const { manifest, conf } of [...this.links]) {
      if (!this.manifests.has(conf)) this.read(conf, 'conf', becauseOf(manifest.source.uri));
    }
    const asked = this.clusters.filter(({ uri }) => this.configs.has(uri) && this.subjects.has(uri));
    for (const { uri, members } of asked) {
      for (const { conf } of members) if (!this.isIgnored(conf)) this.read(conf, 'conf', becauseOf(uri));
    }
  }

  readContext(): void {
    const linked = new Set(this.links.map(({ conf }) => conf));
    const alone = [...this.confs.keys()].filter((conf) => !linked.has(conf));
    const looked = new Set<DocumentUri>();
    for (const start of new Set(alone.map(folderOf))) {
      for (const folder of this.upwardsFrom(start)) {
        if (looked.has(folder)) continue;
        looked.add(folder);
        this.readManifestsIn(folder);
      }
    }
    for (const conf of peersOf(this)) this.readPeer(conf);
  }

  /** A `qpidd.conf` by which a subject is judged. */
  private readPeer(uri: DocumentUri): void {
    if (this.confs.has(uri) || this.manifests.has(uri)) return;
    const content = this.files.read(uri);
    if (content.kind === 'bytes' || content.kind === 'document')
      this.confs.set(uri, this.confOf(uri, content));
  }

  /** A folder and those above it, up to the root of its repository. */
  private upwardsFrom(start: DocumentUri): readonly DocumentUri[] {
    const folders: DocumentUri[] = [];
    for (let folder = start; folders.length <= maximumAncestors; folder = folderOf(folder)) {
      if (folders.at(-1) === folder) break;
      folders.push(folder);
      if (this.listed(folder).some(({ name }) => name === '.git')) break;
    }
    return folders;
  }

  /** Each folder is looked into once, however many files lie below it. */
  private listed(folder: DocumentUri): readonly FolderEntry[] {
    const entries = this.folders.get(folder) ?? this.files.list(folder);
    this.folders.set(folder, entries);
    return entries;
  }

  private readManifestsIn(folder: DocumentUri): void {
    for (const name of namesIn(this.listed(folder), 'manifest').slice(0, maximumManifests)) {
      const uri = childUri(folder, name);
      if (this.manifests.has(uri)) continue;
      const content = this.files.read(uri);
      if (content.kind !== 'bytes' && content.kind !== 'document') continue;
      const manifest = this.cache.manifest(uri, content);
      if (linksOf(uri, manifest).some(({ conf }) => this.confs.has(conf))) this.addManifest(uri, manifest);
    }
  }
}

function linksOf(uri: DocumentUri, manifest: ManifestDocument): readonly ConfigLink[] {
  return manifest.manifest.brokers.flatMap((broker) =>
    broker.configs.map((path) => ({ manifest, broker, path, conf: resolveFrom(uri, path.value) })),
  );
}
