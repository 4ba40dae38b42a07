import { isAbsolute, relative } from 'node:path';
import { pathOfUri } from '../../project/uris';
import type { NameOf } from '../../report/place';

/** The shorter of the path from `cwd` and the absolute path, with `/` on every system. */
export function namesFrom(cwd: string): NameOf {
  return (uri) => {
    const path = pathOfUri(uri);
    if (path === undefined) return uri;
    const way = relative(cwd, path);
    return withSlashes(way.length < path.length ? way : path);
  };
}

/** The path below `root`, or of a file elsewhere the absolute path; with `/` on every system. */
export function pathsFrom(root: string): NameOf {
  return (uri) => {
    const path = pathOfUri(uri);
    if (path === undefined) return uri;
    const way = relative(root, path);
    return withSlashes(/^\.\.(?:[\\/]|$)/.test(way) || isAbsolute(way) ? path : way);
  };
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
