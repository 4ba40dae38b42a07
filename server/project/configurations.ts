import type { ConfigDocument } from '../config/config-document';
import { FileSettings } from '../config/levels';
import { emptyConfig } from '../config/model';
import type { DocumentUri } from '../text/document';
import { namesIn } from './discover';
import type { DocumentCache } from './document-cache';
import type { FileSystem, FolderEntry } from './file-system';
import type { UnreadFile } from './project';
import { childUri, folderOf, pathBelow } from './uris';

/** Folders above a file that are searched for its configuration, its own counted. */
const maximumAncestors = 64;

/** Of several configurations in one folder the first of these counts. */
const preference = ['.yaml', '.yml', '.json'];

/** Where no configuration is. */
const unconfigured = new FileSettings(emptyConfig, undefined);

/** Which configuration each file has: the nearest in its folder or above it, up to the root of its repository. */
export class Configurations {
  /** Those that could be read, by their URIs. */
  readonly documents = new Map<DocumentUri, ConfigDocument>();
  /** Those that are there and could not. */
  readonly unreadable = new Map<DocumentUri, UnreadFile['reason']>();
  private readonly byFolder = new Map<DocumentUri, DocumentUri | undefined>();
  private readonly settings = new Map<DocumentUri, FileSettings>();

  constructor(
    private readonly files: FileSystem,
    private readonly cache: DocumentCache,
    private readonly list: (folder: DocumentUri) => readonly FolderEntry[] = (folder) => files.list(folder),
  ) {}

  /** The configuration of a file; undefined where there is none. */
  uriFor(file: DocumentUri): DocumentUri | undefined {
    return this.inOrAbove(folderOf(file), 0);
  }

  settingsFor(file: DocumentUri): FileSettings {
    const known = this.settings.get(file);
    if (known !== undefined) return known;
    const uri = this.uriFor(file);
    const document = uri === undefined ? undefined : this.read(uri);
    const settings =
      document === undefined || uri === undefined
        ? unconfigured
        : new FileSettings(document.config, pathBelow(folderOf(uri), file));
    this.settings.set(file, settings);
    return settings;
  }

  read(uri: DocumentUri): ConfigDocument | undefined {
    const known = this.documents.get(uri);
    if (known !== undefined || this.unreadable.has(uri)) return known;
    const content = this.files.read(uri);
    if (content.kind !== 'bytes' && content.kind !== 'document') {
      this.unreadable.set(uri, content.kind === 'missing' ? 'missing' : content.reason);
      return undefined;
    }
    const document = this.cache.config(uri, content);
    this.documents.set(uri, document);
    return document;
  }

  private inOrAbove(folder: DocumentUri, depth: number): DocumentUri | undefined {
    const known = this.byFolder.get(folder);
    if (known !== undefined || this.byFolder.has(folder)) return known;
    const entries = this.list(folder);
    const found = configIn(entries);
    const above = folderOf(folder);
    const isRoot =
      above === folder || depth >= maximumAncestors || entries.some(({ name }) => name === '.git');
    const uri =
      found !== undefined ? childUri(folder, found) : isRoot ? undefined : this.inOrAbove(above, depth + 1);
    this.byFolder.set(folder, uri);
    return uri;
  }
}

function configIn(entries: readonly FolderEntry[]): string | undefined {
  const rank = (name: string) => preference.findIndex((end) => name.toLowerCase().endsWith(end));
  return [...namesIn(entries, 'config')].sort((a, b) => rank(a) - rank(b))[0];
}
