import { namedFiles, type Project, type UnreadFile } from '../project/project';
import type { Finding } from '../text/finding';
import { span } from '../text/span';

/**
 * What is to be said of files that are there and could not be read: nothing in them was checked. No rule, for
 * no rule has seen them. A missing file is the matter of whoever named it, and so is one that a manifest names.
 */
export function unreadFindings(project: Project): Finding[] {
  const { unread } = project;
  const named = namedFiles(project);
  return [...unread].flatMap(([uri, { language, reason }]): Finding[] => {
    if (named.has(uri) || reason === 'missing' || reason === 'folder') return [];
    return [
      {
        rule: 'file/not-read',
        // The broker may be able to read what we cannot; the other files are read by nobody else.
        severity: language === 'conf' ? 'warning' : 'error',
        uri,
        span: span(0, 0),
        message: `Nothing was checked: ${explanations[reason]}.`,
      },
    ];
  });
}

const explanations: Readonly<Record<Exclude<UnreadFile['reason'], 'missing' | 'folder'>, string>> = {
  'too-large': 'the file is larger than 64 MiB, too large for a configuration',
  permission: 'the permissions of the file forbid this user to read it',
  'no-file': 'this is a device, a pipe or a socket, and no file',
  failed: 'reading the file failed',
};
