import type { ManifestDocument } from '../manifest/manifest-document';
import type { ConfDocument } from '../qpidd-conf/model';
import type { DocumentUri } from '../text/document';
import { clustersOf } from './clusters';
import { discover, type Language, languageOf, recognise } from './discover';
import { DocumentCache } from './document-cache';
import type { FileSystem, FolderEntry } from './file-system';
import { peersOf } from './peers';
import type { ConfigLink, Project, ProjectCluster, UnreadFile } from './project';
import { baseName, canonicalUri, childUri, folderOf, resolveFrom } from './uris';

/** A file or a folder to look at. */
export interface ProjectEntry {
  readonly uri: DocumentUri;
  /** The language of a file whose name does not say it. */
  readonly language?: Language;
}

/**
 * Reads the files that are asked for and those that belong to them: the `config:` files of a manifest, and,
 * for a `qpidd.conf`, the manifests in its folder and above that name it, and the files of the brokers that it has
 * to do with there, so that what is wrong between two files is found from either side.
 *
 * @param cache keeps what is parsed from one call to the next.
 */
export function openProject(
  files: FileSystem,
  entries: readonly ProjectEntry[],
  cache: DocumentCache = new DocumentCache(),
): Project {
  const opening = new Opening(files, cache);
  for (const entry of entries) opening.enter(canonicalUri(entry.uri), entry.language);
  opening.readLinked();
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
  readonly links: ConfigLink[] = [];
  readonly clusters: ProjectCluster[] = [];
  readonly unread = new Map<DocumentUri, UnreadFile>();
  readonly subjects = new Set<DocumentUri>();
  complete = true;
  private readonly folders = new Map<DocumentUri, readonly FolderEntry[]>();

  constructor(
    readonly files: FileSystem,
    private readonly cache: DocumentCache,
  ) {}

  enter(uri: DocumentUri, language: Language | undefined): void {
    const content = this.files.read(uri);
    if (content.kind === 'unreadable' && content.reason === 'folder') {
      const { found, complete } = discover(this.files, uri);
      if (!complete) this.complete = false;
      for (const file of found) this.read(file.uri, file.language);
      return;
    }
    this.read(uri, language ?? languageOf(baseName(uri)));
  }

  /** Reads a file as a subject. */
  private read(uri: DocumentUri, language: Language): void {
    this.subjects.add(uri);
    if (this.confs.has(uri) || this.manifests.has(uri)) return;
    const content = this.files.read(uri);
    switch (content.kind) {
      case 'missing':
        this.unread.set(uri, { language, reason: 'missing' });
        return;
      case 'unreadable':
        this.unread.set(uri, { language, reason: content.reason });
        return;
      case 'bytes':
      case 'document':
        if (language === 'conf') this.confs.set(uri, this.cache.conf(uri, content));
        else this.addManifest(uri, this.cache.manifest(uri, content));
    }
  }

  private addManifest(uri: DocumentUri, manifest: ManifestDocument): void {
    this.manifests.set(uri, manifest);
    this.links.push(...linksOf(uri, manifest));
    this.clusters.push(...clustersOf(uri, manifest));
  }

  readLinked(): void {
    for (const { conf } of [...this.links]) {
      if (!this.manifests.has(conf)) this.read(conf, 'conf');
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
      this.confs.set(uri, this.cache.conf(uri, content));
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
    const names = this.listed(folder).filter(
      ({ name, kind }) => kind === 'file' && recognise(name) === 'manifest',
    );
    for (const { name } of names.slice(0, maximumManifests)) {
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
