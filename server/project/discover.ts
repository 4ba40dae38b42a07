import type { DocumentUri } from '../text/document';
import type { FileSystem, FolderEntry } from './file-system';
import { childUri } from './uris';

/** The languages whose files make up a project. */
export type Language = 'conf' | 'manifest' | 'config';

const configName = /^(?:.+\.)?qpidha\.config\.(?:ya?ml|json)$/i;
const manifestName = /\.qpid\.(?:ya?ml|json)$/i;
const confName = /^qpidd.*\.conf$|\.qpidd\.conf$/i;

/** The language of a file that a project may have, by its name. */
export function recognise(name: string): Language | undefined {
  if (configName.test(name)) return 'config';
  if (manifestName.test(name)) return 'manifest';
  return confName.test(name) ? 'conf' : undefined;
}

/** True for a configuration that holds for its folder: of `strict.qpidha.config.yaml` others build on it only. */
export function isConfigOfFolder(name: string): boolean {
  return /^qpidha\.config\./i.test(name);
}

/** The language of a file that was named explicitly: it is taken whatever its name. */
export function languageOf(name: string): Language {
  return recognise(name) ?? (/\.(?:ya?ml|json)$/i.test(name) ? 'manifest' : 'conf');
}

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

const maximumFolders = 20_000;
const maximumFound = 10_000;

export interface Discovery {
  readonly found: readonly { readonly uri: DocumentUri; readonly language: Language }[];
  /** False where a limit was reached before the end. */
  readonly complete: boolean;
}

/** The files below a folder that a project consists of, folder by folder in the order of their names. */
export function discover(files: Pick<FileSystem, 'list'>, folder: DocumentUri): Discovery {
  const found: { uri: DocumentUri; language: Language }[] = [];
  const folders = [folder];
  for (let visited = 0; ; visited += 1) {
    const next = folders.pop();
    if (next === undefined) return { found, complete: true };
    if (visited >= maximumFolders || found.length >= maximumFound) return { found, complete: false };
    const below: DocumentUri[] = [];
    for (const { name, kind } of files.list(next)) {
      if (kind === 'folder') {
        if (!passedOver.test(name)) below.push(childUri(next, name));
        continue;
      }
      const language = recognise(name);
      if (language !== undefined) found.push({ uri: childUri(next, name), language });
    }
    folders.push(...below.reverse());
  }
}
