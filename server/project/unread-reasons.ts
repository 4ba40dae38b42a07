import type { UnreadFile } from './project';

/** Why a file cannot be read, to go on after its name. */
export const unreadReasons: Readonly<Record<UnreadFile['reason'], string>> = {
  missing: 'does not exist: correct the path, relative to this file, or remove it',
  folder: 'is a folder: name the file in it',
  'too-large': 'is not checked: it is larger than 64 MiB, too large for a configuration',
  permission: 'is not checked: its permissions forbid this user to read it',
  'no-file': 'is not checked: it is a device, a pipe or a socket',
  failed: 'is not checked: reading it failed',
};
