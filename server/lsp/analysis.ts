import { homedir } from 'node:os';
import type { ConfigDocument } from '../config/config-document';
import { lintProject } from '../lint/lint-project';
import type { ManifestDocument } from '../manifest/manifest-document';
import { Configurations } from '../project/configurations';
import { type DiscoveryLimits, discover } from '../project/discover';
import { DocumentCache } from '../project/document-cache';
import { type FileSystem, withOpenDocuments } from '../project/file-system';
import { type Language, recognise } from '../project/languages';
import { openProject, type ProjectEntry } from '../project/open-project';
import type { Project } from '../project/project';
import { projectRoot } from '../project/project-root';
import { baseName, canonicalUri, folderOf, pathOfUri } from '../project/uris';
import type { ConfDocument } from '../qpidd-conf/model';
import type { DocumentUri, SourceDocument } from '../text/document';
import type { Finding } from '../text/finding';
import type { DiskFiles } from './disk-files';
import type { OpenDocument, OpenDocuments } from './open-documents';
import { type View, viewOfFile } from './view';

/** The findings of one moment. */
export interface Checked {
  readonly project: Project;
  /** By the URI of the file, in document order. Files without findings are not listed. */
  readonly findings: ReadonlyMap<DocumentUri, readonly Finding[]>;
}

const languageIds: Readonly<Record<string, Language>> = {
  'qpidd-conf': 'conf',
  'qpid-replicas': 'manifest',
  'qpidha-config': 'config',
};

/** An editor that has only a part of a project open does not go far beyond it. */
const contextLimits: DiscoveryLimits = { folders: 5_000, found: 2_000, looks: 5_000 };

/** Everything the features know of the files: those that are open, and those of the workspace's folders. */
export class Analysis {
  private readonly cache = new DocumentCache();
  private folders: readonly DocumentUri[] = [];
  /** By the folder that was looked through. */
  private readonly discovered = new Map<DocumentUri, readonly ProjectEntry[]>();
  private readonly roots = new Map<DocumentUri, DocumentUri | undefined>();
  private latest: Checked | undefined;
  private configurations: Configurations | undefined;

  constructor(
    private readonly documents: OpenDocuments,
    private readonly disk: DiskFiles,
  ) {}

  /** The root of a file system and a home folder hold too much that is no part of any deployment. */
  setFolders(folders: readonly DocumentUri[]): void {
    this.folders = folders.map(canonicalUri).filter((folder) => {
      const path = pathOfUri(folder);
      return path !== undefined && path !== homedir() && folderOf(folder) !== folder;
    });
    this.foldersChanged();
  }

  /** Files may have come or gone. */
  foldersChanged(): void {
    this.discovered.clear();
    this.roots.clear();
    this.disk.expire();
    this.changed();
  }

  /** The content of some file changed. */
  changed(): void {
    this.latest = undefined;
    this.configurations = undefined;
  }

  /** The findings as of now; computed once for every change. */
  checked(): Checked {
    this.latest ??= this.check();
    return this.latest;
  }

  private check(): Checked {
    this.disk.beginCheck();
    const project = openProject(this.files(), this.entries(), this.cache);
    const findings = new Map<DocumentUri, Finding[]>();
    for (const finding of lintProject(project)) {
      const known = findings.get(finding.uri);
      if (known === undefined) findings.set(finding.uri, [finding]);
      else known.push(finding);
    }
    return { project, findings };
  }

  /** The files as they are seen: what is open lies above what is on disk. */
  files(): FileSystem {
    return withOpenDocuments(this.disk, this.documents.sources());
  }

  /** All that is open, and all that belongs to the workspace; before these what they are judged by. */
  entries(): readonly ProjectEntry[] {
    const open = this.openEntries();
    return [...this.contextEntries(open), ...this.workspaceEntries(), ...open];
  }

  private openEntries(): readonly ProjectEntry[] {
    return this.documents.all().flatMap((document) => {
      const language = languageOf(document);
      if (language === undefined) return [];
      const { uri } = document.source;
      return [{ uri, language, ignorable: true, ...(recognise(baseName(uri)) === language && named) }];
    });
  }

  private workspaceEntries(): readonly ProjectEntry[] {
    return this.folders.flatMap((folder) => this.entriesIn(folder));
  }

  /** The projects of which only a part is open: as `qpidha lint` sees them, whatever is asked of it. */
  private contextEntries(open: readonly ProjectEntry[]): readonly ProjectEntry[] {
    const outside = open.filter(({ uri }) => !this.folders.some((folder) => uri.startsWith(`${folder}/`)));
    const parts = new Set([...this.folders, ...outside.map(({ uri }) => folderOf(uri))]);
    const roots = new Set([...parts].map((part) => this.rootOf(part)));
    return [...roots].flatMap((root) => {
      if (root === undefined || this.folders.includes(root)) return [];
      return this.entriesIn(root, contextLimits).map((entry) => ({ ...entry, report: 'nothing' as const }));
    });
  }

  private rootOf(folder: DocumentUri): DocumentUri | undefined {
    if (!this.roots.has(folder)) this.roots.set(folder, projectRoot(this.disk, folder));
    return this.roots.get(folder);
  }

  private entriesIn(folder: DocumentUri, limits?: DiscoveryLimits): readonly ProjectEntry[] {
    const known = this.discovered.get(folder);
    if (known !== undefined) return known;
    const { found } = discover(this.disk, folder, limits === undefined ? {} : { limits });
    const entries = found.map(({ uri, language, by }) => ({ uri, language, by, ignorable: true }));
    this.discovered.set(folder, entries);
    return entries;
  }

  /** A file's text, as it is open or on disk. */
  source(uri: DocumentUri): SourceDocument | undefined {
    const content = this.files().read(canonicalUri(uri));
    return content.kind === 'document' ? content.source : undefined;
  }

  /** A file as the editor shows it, or would show it. */
  view(uri: DocumentUri): View | undefined {
    const open = this.documents.get(uri);
    if (open !== undefined) return open;
    const source = this.source(uri);
    return source && viewOfFile(source);
  }

  conf(document: OpenDocument): ConfDocument | undefined {
    if (languageOf(document) !== 'conf') return undefined;
    const { source } = document;
    this.configurations ??= new Configurations(this.files(), this.cache);
    const { broker } = this.configurations.settingsFor(source.uri);
    return this.cache.conf(source.uri, { kind: 'document', source }, broker);
  }

  /** Whether the project lets a comment hide this finding. */
  isIgnorable({ uri, rule }: Finding): boolean {
    this.configurations ??= new Configurations(this.files(), this.cache);
    return this.configurations.settingsFor(uri).isIgnorable(rule);
  }

  config(document: OpenDocument): ConfigDocument | undefined {
    if (languageOf(document) !== 'config') return undefined;
    return this.cache.config(document.source.uri, { kind: 'document', source: document.source });
  }

  manifest(document: OpenDocument): ManifestDocument | undefined {
    if (languageOf(document) !== 'manifest') return undefined;
    return this.cache.manifest(document.source.uri, { kind: 'document', source: document.source });
  }
}

const named = { by: 'name' } as const;

/** By the editor's language id; of other editors by the file's name. */
function languageOf({ languageId, uri }: OpenDocument): Language | undefined {
  return languageIds[languageId] ?? recognise(baseName(uri));
}
