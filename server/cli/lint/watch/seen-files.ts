import { createHash } from 'node:crypto';
import type {
  FileContent,
  FileSystem,
  FolderEntry,
  Permissions,
  Recognised,
} from '../../../project/file-system';
import { pathOfUri } from '../../../project/uris';
import type { DocumentUri } from '../../../text/document';

/** A file system that remembers what was asked of it: what a result depends on, and so what is to be watched. */
export class SeenFiles implements FileSystem {
  /** Paths of the folders that were listed. */
  readonly listed = new Set<string>();
  /** Paths of the files that were read or looked at, and of those that were looked for in vain. */
  readonly touched = new Set<string>();
  private readonly digests = new Map<DocumentUri, string>();

  /** @param own paths of what we write ourselves: what they hold says nothing. */
  constructor(
    private readonly files: FileSystem,
    private readonly own: ReadonlySet<string>,
  ) {}

  read(uri: DocumentUri): FileContent {
    const content = this.files.read(uri);
    const path = this.touch(uri);
    if (path !== undefined && !this.own.has(path)) this.digests.set(uri, digestOf(content));
    return content;
  }

  list(folder: DocumentUri): readonly FolderEntry[] {
    const path = pathOfUri(folder);
    if (path !== undefined) this.listed.add(path);
    return this.files.list(folder);
  }

  permissions(uri: DocumentUri): Permissions | undefined {
    this.touch(uri);
    return this.files.permissions(uri);
  }

  recognise(uri: DocumentUri): Recognised | undefined {
    this.touch(uri);
    return this.files.recognise(uri);
  }

  isClosed(folder: DocumentUri): boolean {
    return this.files.isClosed(folder);
  }

  /** Differs where the content of a file that was read differs. */
  get digest(): string {
    const hash = createHash('sha1');
    for (const [uri, digest] of [...this.digests].sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(`${uri}\n${digest}\n`);
    return hash.digest('hex');
  }

  private touch(uri: DocumentUri): string | undefined {
    const path = pathOfUri(uri);
    if (path !== undefined) this.touched.add(path);
    return path;
  }
}

function digestOf(content: FileContent): string {
  switch (content.kind) {
    case 'bytes':
      return createHash('sha1').update(content.bytes).digest('hex');
    case 'document':
      return createHash('sha1').update(content.source.text).digest('hex');
    case 'missing':
      return content.kind;
    case 'unreadable':
      return content.reason;
  }
}
