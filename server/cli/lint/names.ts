import { relative } from 'node:path';
import { pathOfUri } from '../../project/uris';
import type { NameOf } from '../../report/place';

/** The shorter of the path from `cwd` and the absolute path, with `/` on every system. */
export function namesFrom(cwd: string): NameOf {
  return (uri) => {
    const path = pathOfUri(uri);
    if (path === undefined) return uri;
    const way = relative(cwd, path);
    return (way.length < path.length ? way : path).replaceAll(
      '\\',
      process.platform === 'win32' ? '/' : '\\',
    );
  };
}
