import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is to be watched. */
export interface Watched {
  readonly listed: ReadonlySet<string>;
  readonly touched: ReadonlySet<string>;
}

interface Folder {
  readonly watcher: FSWatcher;
  /** A folder that was deleted and made anew is another one. */
  readonly inode: number;
}

/** Milliseconds between two looks at everything: some file systems tell of nothing, and a machine has only so many watches. */
const leastPause = 2000;

/** A look takes no more than this part of the time. */
const share = 20;

/**
 * Tells of changes: quickly where the system does, and otherwise by a look now and then. Folders are watched one by
 * one, not recursively: only those that matter, however large the tree around them is.
 */
export class Changes {
  private readonly folders = new Map<string, Folder>();
  private watched: Watched = { listed: new Set(), touched: new Set() };
  private state = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly onChange: () => void,
    /** Paths of what we write ourselves. */
    private readonly own: ReadonlySet<string>,
  ) {}

  /** @returns true where a folder is watched from now on that was not before: it may have changed in between. */
  watch(watched: Watched): boolean {
    this.watched = watched;
    const wanted = new Set([...watched.listed, ...[...watched.touched].map((path) => dirname(path))]);
    for (const path of this.folders.keys()) if (!wanted.has(path)) this.forget(path);
    let isNew = false;
    for (const path of wanted) isNew = this.add(path) || isNew;
    this.state = this.look();
    return isNew;
  }

  close(): void {
    clearTimeout(this.timer);
    for (const path of [...this.folders.keys()]) this.forget(path);
  }

  private add(path: string): boolean {
    const inode = inodeOf(path);
    if (this.folders.get(path)?.inode === inode) return false;
    this.forget(path);
    if (inode === undefined) return false;
    try {
      const watcher = watch(path, (kind, name) => {
        if (this.matters(path, kind, name)) this.onChange();
      });
      watcher.on('error', () => this.forget(path));
      this.folders.set(path, { watcher, inode });
      return true;
    } catch {
      // There are too many, or it is gone: the look now and then sees it all the same.
      return false;
    }
  }

  private forget(path: string): void {
    this.folders.get(path)?.watcher.close();
    this.folders.delete(path);
  }

  private matters(folder: string, kind: string, name: string | null): boolean {
    if (name === null) return true;
    const path = join(folder, name);
    if (this.own.has(path) || name.endsWith('.tmp')) return false;
    const { listed, touched } = this.watched;
    return touched.has(path) || listed.has(path) || (kind === 'rename' && listed.has(folder));
  }

  /** All that tells one state of what is watched from another; arranges the next look. */
  private look(): string {
    clearTimeout(this.timer);
    const start = Date.now();
    const { listed, touched } = this.watched;
    const parts = [...listed, ...touched].map((path) => (this.own.has(path) ? '' : stateOf(path)));
    this.timer = setTimeout(() => this.lookAgain(), Math.max(leastPause, (Date.now() - start) * share));
    return parts.join('\n');
  }

  private lookAgain(): void {
    const before = this.state;
    this.state = this.look();
    if (this.state !== before) this.onChange();
  }
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}

function stateOf(path: string): string {
  try {
    const { ino, size, mtimeMs, ctimeMs, mode } = statSync(path);
    return `${ino} ${size} ${mtimeMs} ${ctimeMs} ${mode}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : '';
  }
}
