import { resolve } from 'node:path';
import type { ConfigurationChoice } from '../../project/configurations';
import { nodeFileSystem } from '../../project/node-file-system';
import type { ProjectEntry } from '../../project/open-project';
import type { UnreadFile } from '../../project/project';
import { uriOfPath } from '../../project/uris';
import { visible } from '../../report/visible';
import type { DocumentUri } from '../../text/document';
import { choiceFrom } from './configuration';
import type { LintCommandOptions } from './options';

/** What a run is asked to check. */
export interface Inputs {
  readonly entries: readonly ProjectEntry[];
  /** As the user wrote them. */
  readonly paths: readonly string[];
  /** Which project configuration counts. */
  readonly choice: ConfigurationChoice;
}

/** What is wrong with the arguments, each in a full sentence. */
export interface Unusable {
  readonly faults: readonly string[];
}

export function inputsOf(options: LintCommandOptions): Inputs | Unusable {
  const { paths: given, cwd } = options;
  const paths = given.length === 0 ? ['.'] : given;
  const entries = paths.map((path): ProjectEntry => ({ uri: uriOfPath(resolve(cwd, path)) }));
  const faults = paths.flatMap((path, index) => complaint(path, entries[index]?.uri ?? ''));
  const choice = choiceFrom(options);
  if ('faults' in choice) return { faults: [...faults, ...choice.faults] };
  return faults.length > 0 ? { faults } : { entries, paths, choice };
}

/** Why a path of the command line cannot be used; nothing where it can. A file too large to check is a finding. */
function complaint(path: string, uri: DocumentUri): readonly string[] {
  const content = nodeFileSystem.read(uri);
  switch (content.kind) {
    case 'missing':
      return [`${visible(path)} does not exist.`];
    case 'unreadable':
      return unreadable(path, content.reason);
    case 'bytes':
    case 'document':
      return [];
  }
}

function unreadable(path: string, reason: UnreadFile['reason']): readonly string[] {
  switch (reason) {
    case 'folder':
    case 'too-large':
      return [];
    case 'permission':
      return [`${visible(path)} may not be read: its permissions forbid it.`];
    case 'no-file':
      return [`${visible(path)} is no plain file.`];
    case 'missing':
    case 'failed':
      return [`${visible(path)} cannot be read.`];
  }
}
