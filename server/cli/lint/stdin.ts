import { languageByContent, languageOfText } from '../../project/by-content';
import { type FileContent, type FileSystem, type FolderEntry, maximumBytes } from '../../project/file-system';
import { type Language, recognise } from '../../project/languages';
import { baseName, folderOf } from '../../project/uris';
import type { DocumentUri } from '../../text/document';

/** What came through the standard input, and the file that it stands for. */
export interface StandardInput {
  readonly uri: DocumentUri;
  readonly content: FileContent;
}

/** The name of what has no other. */
export const standardInputName = '<stdin>';

/** Reads to the end, or until it is too much. Rejects where there is nothing to read from. */
export async function readStandardInput(stream: AsyncIterable<Uint8Array | string>): Promise<FileContent> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    length += bytes.length;
    if (length > maximumBytes) return { kind: 'unreadable', reason: 'too-large' };
    parts.push(bytes);
  }
  return { kind: 'bytes', bytes: Buffer.concat(parts) };
}

/** The language of the standard input: by the name that it was given, or else by what it says. */
export function languageOfInput({ uri, content }: StandardInput): Language {
  const name = baseName(uri);
  if (content.kind !== 'bytes') return recognise(name) ?? 'conf';
  const head = { bytes: content.bytes, whole: true };
  if (name === standardInputName) return languageOfText(head);
  const isYaml = /\.(?:ya?ml|json)$/i.test(name);
  return recognise(name) ?? languageByContent(name, head) ?? (isYaml ? 'manifest' : 'conf');
}

/** The files, with the standard input in the place of the one for which it stands, whether that is there or not. */
export function withStandardInput(files: FileSystem, { uri, content }: StandardInput): FileSystem {
  const folder = folderOf(uri);
  return {
    ...files,
    read: (asked) => (asked === uri ? content : files.read(asked)),
    list: (asked) => (asked === folder ? withFile(files.list(asked), baseName(uri)) : files.list(asked)),
    recognise(asked) {
      if (asked !== uri) return files.recognise(asked);
      if (content.kind !== 'bytes') return undefined;
      const language = languageByContent(uri, { bytes: content.bytes, whole: true });
      return language && { language, content };
    },
  };
}

function withFile(entries: readonly FolderEntry[], name: string): readonly FolderEntry[] {
  if (name === standardInputName || entries.some((entry) => entry.name === name)) return entries;
  return [...entries, { name, kind: 'file' as const }].sort((a, b) => (a.name < b.name ? -1 : 1));
}
