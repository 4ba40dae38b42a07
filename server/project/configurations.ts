import type { ConfigDocument } from '../config/config-document';
import { FileSettings } from '../config/levels';
import { type Config, emptyConfig, type RuleLevel } from '../config/model';
import type { DocumentUri } from '../text/document';
import { namesIn } from './discover';
import type { DocumentCache } from './document-cache';
import { type ConfigStack, stackOf } from './extends';
import type { FileSystem, FolderEntry } from './file-system';
import { isConfigOfFolder } from './languages';
import type { UnreadFile } from './project';
import { childUri, folderOf, pathBelow } from './uris';

/** Folders above a file that are searched for its configuration, its own counted. */
const maximumAncestors = 64;

/** Of several configurations in one folder the first of these counts. */
const preference = ['.yaml', '.yml', '.json'];

/** Which configuration counts, and what counts more than it. */
export interface ConfigurationChoice {
  /**
   * nearest: of each file the one in its folder or above it. none: none at all. one: the same for all files; its
   * globs are relative to `folder`, and not to its own.
   */
  readonly which:
    | { readonly kind: 'nearest' }
    | { readonly kind: 'none' }
    | { readonly kind: 'one'; readonly uri: DocumentUri; readonly folder: DocumentUri };
  /** Levels of rules that hold for all files, whatever is configured. */
  readonly levels: readonly RuleLevel[];
}

export const nearestConfiguration: ConfigurationChoice = { which: { kind: 'nearest' }, levels: [] };

/** Which configuration each file has: by default the nearest in its folder or above it, up to the root of its repository. */
export class Configurations {
  /** Those that could be read, by their URIs. */
  readonly documents = new Map<DocumentUri, ConfigDocument>();
  /** Those that are there and could not. */
  readonly unreadable = new Map<DocumentUri, UnreadFile['reason']>();
  private readonly byFolder = new Map<DocumentUri, DocumentUri | undefined>();
  private readonly stacks = new Map<DocumentUri, ConfigStack>();
  private readonly settings = new Map<DocumentUri, FileSettings>();
  private readonly above: Config;
  private readonly unconfigured: FileSettings;

  constructor(
    private readonly files: FileSystem,
    private readonly cache: DocumentCache,
    private readonly list: (folder: DocumentUri) => readonly FolderEntry[] = (folder) => files.list(folder),
    readonly choice: ConfigurationChoice = nearestConfiguration,
  ) {
    this.above = { ...emptyConfig, rules: choice.levels };
    this.unconfigured = new FileSettings([this.above], undefined);
  }

  /** The configuration of a file; undefined where there is none. */
  uriFor(file: DocumentUri): DocumentUri | undefined {
    const { which } = this.choice;
    switch (which.kind) {
      case 'nearest':
        return this.inOrAbove(folderOf(file), 0);
      case 'none':
        return undefined;
      case 'one':
        return which.uri;
    }
  }

  settingsFor(file: DocumentUri): FileSettings {
    const known = this.settings.get(file);
    if (known !== undefined) return known;
    const uri = this.uriFor(file);
    const stack = uri === undefined ? undefined : this.stack(uri);
    const settings =
      stack === undefined || uri === undefined
        ? this.unconfigured
        : new FileSettings([...stack.layers, this.above], pathBelow(this.folderOfGlobs(uri), file));
    this.settings.set(file, settings);
    return settings;
  }

  /** The folder to which the globs of a configuration are relative, and those of what it builds on. */
  private folderOfGlobs(uri: DocumentUri): DocumentUri {
    const { which } = this.choice;
    return which.kind === 'one' ? which.folder : folderOf(uri);
  }

  /** A configuration with all on which it builds; undefined where it cannot be read. */
  stack(uri: DocumentUri): ConfigStack | undefined {
    const known = this.stacks.get(uri);
    if (known !== undefined) return known;
    const document = this.read(uri);
    if (document === undefined) return undefined;
    const stack = stackOf(uri, document, (base) => this.read(base) ?? this.unreadable.get(base) ?? 'missing');
    this.stacks.set(uri, stack);
    return stack;
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
  return namesIn(entries, 'config')
    .filter(isConfigOfFolder)
    .sort((a, b) => rank(a) - rank(b))[0];
}
