import type { DocumentUri } from '../text/document';
import { mayTell } from './by-content';
import type { FileSystem, FolderEntry, Recognised } from './file-system';
import { GitIgnore } from './git-ignore';
import { type Language, recognise } from './languages';
import { childUri, folderOf } from './uris';

const recognised = new WeakMap<readonly FolderEntry[], Map<Language, readonly string[]>>();

/** The names of a folder's files of one language. A listing is looked through once, however often it is asked for. */
export function namesIn(entries: readonly FolderEntry[], language: Language): readonly string[] {
  const known = recognised.get(entries) ?? new Map<Language, readonly string[]>();
  recognised.set(entries, known);
  const names = known.get(language) ?? filesOf(entries, language);
  known.set(language, names);
  return names;
}

function filesOf(entries: readonly FolderEntry[], language: Language): readonly string[] {
  return entries
    .filter(({ name, kind }) => kind === 'file' && recognise(name) === language)
    .map(({ name }) => name);
}

/** Folders that hold other people's files, or other files: `sasl2/qpidd.conf` is of the Cyrus SASL library. */
const passedOver = /^(?:\..*|node_modules|sasl2?)$/;

/** What a kernel shows as files is endless, and reading some of it has effects. */
const passedOverAtRoot: ReadonlySet<DocumentUri> = new Set(['file:///dev', 'file:///proc', 'file:///sys']);

/** Where to look no further: a tree of 200,000 files is looked through in one or two seconds. */
export interface DiscoveryLimits {
  readonly folders: number;
  readonly found: number;
  /** Files into which one has to look. */
  readonly looks: number;
}

export const usualLimits: DiscoveryLimits = { folders: 50_000, found: 10_000, looks: 100_000 };

export interface DiscoverOptions {
  /** False: what git ignores is found, too. */
  readonly gitIgnore?: boolean;
  readonly limits?: DiscoveryLimits;
  /** Files that are wanted in no case: nobody looks into them. */
  isIgnored?(uri: DocumentUri): boolean;
}

export interface FoundFile {
  readonly uri: DocumentUri;
  readonly language: Language;
  readonly by: 'name' | 'content';
  /** All of the file, where it was seen already. */
  readonly content?: Recognised['content'];
}

export interface Discovery {
  readonly found: readonly FoundFile[];
  /** False where a limit was reached before the end. */
  readonly complete: boolean;
  /** Folders that may not be looked into. */
  readonly closed: readonly DocumentUri[];
  /** How many files and folders have a name that is no UTF-8. */
  readonly unnameable: number;
}

type DiscoveredFiles = Pick<FileSystem, 'list' | 'read' | 'recognise' | 'isClosed'>;

/** The files below a folder that a project consists of, folder by folder in the order of their names. */
export function discover(
  files: DiscoveredFiles,
  folder: DocumentUri,
  options: DiscoverOptions = {},
): Discovery {
  const walk = new Walk(files, options);
  walk.from(folder);
  return walk;
}

interface PendingFolder {
  readonly uri: DocumentUri;
  readonly gitIgnore: GitIgnore;
}

class Walk implements Discovery {
  readonly found: FoundFile[] = [];
  readonly closed: DocumentUri[] = [];
  complete = true;
  unnameable = 0;
  private looks = 0;
  private readonly limits: DiscoveryLimits;

  constructor(
    private readonly files: DiscoveredFiles,
    private readonly options: DiscoverOptions,
  ) {
    this.limits = options.limits ?? usualLimits;
  }

  from(folder: DocumentUri): void {
    const gitIgnore = this.options.gitIgnore === false ? GitIgnore.none : GitIgnore.at(this.files, folder);
    const pending: PendingFolder[] = [{ uri: folder, gitIgnore }];
    for (let visited = 0; ; visited += 1) {
      const next = pending.pop();
      if (next === undefined) return;
      if (visited >= this.limits.folders || this.found.length >= this.limits.found) {
        this.complete = false;
        return;
      }
      pending.push(...this.lookInto(next).reverse());
    }
  }

  /** @returns the folders in it. */
  private lookInto({ uri, gitIgnore }: PendingFolder): PendingFolder[] {
    const entries = this.files.list(uri);
    if (entries.length === 0 && this.files.isClosed(uri)) this.closed.push(uri);
    const below: PendingFolder[] = [];
    for (const { name, kind } of entries) {
      switch (kind) {
        case 'folder': {
          const child = this.isPassedOver(uri, name, gitIgnore) ? undefined : childUri(uri, name);
          if (child !== undefined)
            below.push({ uri: child, gitIgnore: this.entered(gitIgnore, child, name) });
          break;
        }
        case 'file':
          this.lookAt(uri, name, gitIgnore);
          break;
        case 'unnameable':
          this.unnameable += 1;
      }
    }
    return below;
  }

  private isPassedOver(parent: DocumentUri, name: string, gitIgnore: GitIgnore): boolean {
    if (passedOver.test(name) || gitIgnore.ignores(name, true)) return true;
    return folderOf(parent) === parent && passedOverAtRoot.has(childUri(parent, name));
  }

  private entered(gitIgnore: GitIgnore, folder: DocumentUri, name: string): GitIgnore {
    return this.options.gitIgnore === false ? gitIgnore : gitIgnore.entered(this.files, folder, name);
  }

  private lookAt(folder: DocumentUri, name: string, gitIgnore: GitIgnore): void {
    const language = recognise(name);
    if (language === undefined && !mayTell(name)) return;
    if (gitIgnore.ignores(name, false)) return;
    const uri = childUri(folder, name);
    if (this.options.isIgnored?.(uri) === true) return;
    if (language !== undefined) {
      this.found.push({ uri, language, by: 'name' });
      return;
    }
    this.looks += 1;
    if (this.looks > this.limits.looks) this.complete = false;
    else {
      const recognised = this.files.recognise(uri);
      if (recognised !== undefined) this.found.push({ uri, by: 'content', ...recognised });
    }
  }
}
