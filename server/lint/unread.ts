import type { Project, UnreadFile } from '../project/project';
import type { Finding } from '../text/finding';
import { span } from '../text/span';

/**
 * What is to be said of files that are there and could not be read: nothing in them was checked. No rule, for
 * no rule has seen them. A missing file is the matter of whoever named it, and so is one that a manifest names.
 */
export function unreadFindings({ unread, links }: Project): Finding[] {
  const named = new Set(links.map(({ conf }) => conf));
  return [...unread].flatMap(([uri, { language, reason }]): Finding[] => {
    if (named.has(uri) || reason === 'missing' || reason === 'folder') return [];
    return [
      {
        rule: 'file/not-read',
        // The broker may be able to read what we cannot; a manifest is read by nobody else.
        severity: language === 'manifest' ? 'error' : 'warning',
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
