import { createHash } from 'node:crypto';
import type { Readable } from '../../../project/document-cache';
import type {
  FileContent,
  FileSystem,
  FolderEntry,
  Permissions,
  Recognised,
} from '../../../project/file-system';
import type { DocumentUri } from '../../../text/document';

type Question = keyof FileSystem;

/** What a file system was asked, and what names its answer: two answers with one name are the same. */
export type Asked = readonly [question: Question, uri: DocumentUri, answer: string];

/** All that a check learned of the world. Where each answer is still the same, so is what the check finds. */
export type Trace = readonly Asked[];

/** A file system that notes what it is asked. */
export class RecordedFiles implements FileSystem {
  private readonly answers = new Map<Question, Map<DocumentUri, string>>();
  private isSteady = true;

  constructor(private readonly files: FileSystem) {}

  read(uri: DocumentUri): FileContent {
    return this.noted('read', uri, this.files.read(uri), nameOfContent);
  }

  list(folder: DocumentUri): readonly FolderEntry[] {
    return this.noted('list', folder, this.files.list(folder), nameOfList);
  }

  permissions(uri: DocumentUri): Permissions | undefined {
    return this.noted('permissions', uri, this.files.permissions(uri), nameOfPermissions);
  }

  recognise(uri: DocumentUri): Recognised | undefined {
    return this.noted('recognise', uri, this.files.recognise(uri), nameOfRecognised);
  }

  isClosed(folder: DocumentUri): boolean {
    return this.noted('isClosed', folder, this.files.isClosed(folder), String);
  }

  /** Undefined where files changed in the meantime: nobody knows then what was found in what. */
  get trace(): Trace | undefined {
    if (!this.isSteady) return undefined;
    return [...this.answers].flatMap(([question, answers]) =>
      [...answers].map(([uri, answer]): Asked => [question, uri, answer]),
    );
  }

  private noted<Answer>(
    question: Question,
    uri: DocumentUri,
    answer: Answer,
    nameOf: (answer: Answer) => string,
  ): Answer {
    const answers = this.answers.get(question) ?? new Map<DocumentUri, string>();
    this.answers.set(question, answers);
    const name = nameOf(answer);
    if ((answers.get(uri) ?? name) !== name) this.isSteady = false;
    answers.set(uri, name);
    return answer;
  }
}

/**
 * Asks all of it again.
 *
 * @returns what the files hold; undefined where anything is different.
 */
export function replay(trace: Trace, files: FileSystem): ReadonlyMap<DocumentUri, Readable> | undefined {
  const contents = new Map<DocumentUri, Readable>();
  for (const [question, uri, answer] of trace) {
    if (ask(files, question, uri, contents) !== answer) return undefined;
  }
  return contents;
}

function ask(
  files: FileSystem,
  question: Question,
  uri: DocumentUri,
  contents: Map<DocumentUri, Readable>,
): string {
  switch (question) {
    case 'read': {
      const content = files.read(uri);
      if (content.kind === 'bytes' || content.kind === 'document') contents.set(uri, content);
      return nameOfContent(content);
    }
    case 'list':
      return nameOfList(files.list(uri));
    case 'permissions':
      return nameOfPermissions(files.permissions(uri));
    case 'recognise': {
      const recognised = files.recognise(uri);
      if (recognised?.content !== undefined) contents.set(uri, recognised.content);
      return nameOfRecognised(recognised);
    }
    case 'isClosed':
      return String(files.isClosed(uri));
  }
}

function nameOfContent(content: FileContent): string {
  switch (content.kind) {
    case 'bytes':
      return digest(content.bytes);
    case 'document':
      return `${content.source.encoding} ${digest(content.source.text)}`;
    case 'missing':
      return content.kind;
    case 'unreadable':
      return content.reason;
  }
}

/** No name of a file has a slash. */
function nameOfList(entries: readonly FolderEntry[]): string {
  return entries.length === 0 ? '' : digest(entries.map(({ name, kind }) => `${name}/${kind}/`).join(''));
}

function nameOfPermissions(permissions: Permissions | undefined): string {
  return permissions === undefined ? '' : `${permissions.mode} ${permissions.forEveryone}`;
}

function nameOfRecognised(recognised: Recognised | undefined): string {
  if (recognised === undefined) return '';
  const { language, content } = recognised;
  return content === undefined ? language : `${language} ${nameOfContent(content)}`;
}

function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url');
}
