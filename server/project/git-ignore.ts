import ignore, { type Ignore } from 'ignore';
import { decode } from '../text/decode';
import type { DocumentUri } from '../text/document';
import type { FileSystem, FolderEntry } from './file-system';
import { baseName, childUri, folderOf, resolveFrom } from './uris';

/** The rules of one `.gitignore`, or of `.git/info/exclude`. */
interface Rules {
  /** How many names the path of their folder has, below the root of the work tree. */
  readonly depth: number;
  readonly lines: string;
  readonly matcher: Ignore;
}

/** What git would ignore in one folder of a work tree; nothing outside of one. */
export class GitIgnore {
  /** Where nothing is ignored. */
  static readonly none = new GitIgnore([], []);

  private constructor(
    /** The names that lead from the root of the work tree here. */
    private readonly path: readonly string[],
    /** The deepest first: it counts most. */
    private readonly rules: readonly Rules[],
  ) {}

  /**
   * The rules that hold in a folder, those of the folders above it included. Where these ignore the folder itself, its
   * content was meant nevertheless by who asks for it, and only rules within it count.
   */
  static at(files: GitFiles, folder: DocumentUri): GitIgnore {
    const below: DocumentUri[] = [];
    for (let next = folder; ; next = folderOf(next)) {
      below.unshift(next);
      if (hasGit(files.list(next))) break;
      if (folderOf(next) === next || below.length > maximumDepth) return GitIgnore.none;
    }
    let here = GitIgnore.none;
    for (const [index, next] of below.entries()) {
      const name = baseName(next);
      const isMeant = index > 0 && here.ignores(name, true);
      here = (isMeant ? new GitIgnore(here.path, []) : here).entered(files, next, name);
    }
    return here;
  }

  /** The rules that hold in a folder of this one that is not ignored. */
  entered(files: GitFiles, folder: DocumentUri, name: string): GitIgnore {
    const entries = files.list(folder);
    const isRoot = hasGit(entries);
    if (this === GitIgnore.none && !isRoot) return this;
    const path = isRoot ? [] : [...this.path, name];
    const above = isRoot ? excluded(files, folder) : this.rules.map((rules) => readmitted(rules, path));
    const own = entries.some((entry) => entry.name === fileName && entry.kind === 'file')
      ? rulesIn(files, childUri(folder, fileName), path.length)
      : [];
    return new GitIgnore(path, [...own, ...above]);
  }

  ignores(name: string, isFolder: boolean): boolean {
    if (this.rules.length === 0) return false;
    const path = [...this.path, isFolder ? `${name}/` : name];
    for (const { depth, matcher } of this.rules) {
      const { ignored, unignored } = tested(matcher, path.slice(depth).join('/'));
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

type GitFiles = Pick<FileSystem, 'read' | 'list'>;

const fileName = '.gitignore';
const maximumDepth = 64;

/** Characters of one file of rules: what is larger is none. */
const maximumLength = 1_000_000;

function hasGit(entries: readonly FolderEntry[]): boolean {
  return entries.some(({ name }) => name === '.git');
}

function tested(matcher: Ignore, path: string): { readonly ignored: boolean; readonly unignored: boolean } {
  // Of names that begin with "../" and the like it throws.
  return ignore.isPathValid(path) ? matcher.test(path) : { ignored: false, unignored: false };
}

/**
 * Rules for a folder that they ignore, and that deeper ones take in again. To git its content is to be judged by
 * itself then, but the matcher looks at the folders on the way.
 */
function readmitted(rules: Rules, path: readonly string[]): Rules {
  const below = path.slice(rules.depth).join('/');
  if (!tested(rules.matcher, `${below}/`).ignored) return rules;
  const escaped = below.replace(/[\\*?[\]!# ]/g, '\\$&');
  return rulesFrom(`${rules.lines}\n!/${escaped}/`, rules.depth);
}

function rulesFrom(lines: string, depth: number): Rules {
  return { depth, lines, matcher: ignore().add(lines) };
}

function rulesIn(files: GitFiles, uri: DocumentUri, depth: number): readonly Rules[] {
  const text = textOf(files, uri);
  return text === undefined || !/\S/.test(text) ? [] : [rulesFrom(text, depth)];
}

function textOf(files: GitFiles, uri: DocumentUri): string | undefined {
  const content = files.read(uri);
  const text =
    content.kind === 'document'
      ? content.source.text
      : content.kind === 'bytes'
        ? decode(content.bytes).text
        : undefined;
  return text === undefined || text.length > maximumLength ? undefined : text.replace(/^\ufeff/, '');
}

/** `.git` is a folder, or, for a submodule or a further work tree, a file that names one. */
function excluded(files: GitFiles, root: DocumentUri): readonly Rules[] {
  const git = childUri(root, '.git');
  const named = /^gitdir: (.+?)\s*$/.exec(textOf(files, git) ?? '')?.[1];
  const folder = named === undefined ? git : resolveFrom(git, named);
  const common = named === undefined ? undefined : textOf(files, childUri(folder, 'commondir'))?.trim();
  const shared = common === undefined ? folder : resolveFrom(childUri(folder, 'commondir'), common);
  return rulesIn(files, childUri(childUri(shared, 'info'), 'exclude'), 0);
}
