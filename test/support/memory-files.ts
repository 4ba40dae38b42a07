import type { FileSystem } from '../../server/project/file-system';
import { filesInMemory } from '../../server/project/files-in-memory';
import { documentFromText } from '../../server/text/document';
import type { ExampleFiles, ExampleModes } from '../../server/text/rule';
import { exampleUri } from './rule-examples';

/** The files of an example as a file system, in folders that everyone may enter. */
export function memoryFiles(files: ExampleFiles, modes: ExampleModes = {}): FileSystem {
  const modeOf = new Map(Object.entries(modes).map(([name, mode]) => [exampleUri(name), mode]));
  const documents = Object.entries(files).map(([name, text]) => documentFromText(exampleUri(name), text));
  return filesInMemory(new Map(documents.map((source) => [source.uri, source])), (uri) => {
    const mode = modeOf.get(uri);
    return mode === undefined ? undefined : { mode, forEveryone: (mode & 0o004) !== 0 };
  });
}

export const memoryRoot = exampleUri('').replace(/\/$/, '');
