import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The folder from which platforms count the paths of a report: what the platform says itself, else the working tree
 * of git around the current folder, else the current folder.
 */
export function repositoryRoot(
  cwd: string,
  { GITHUB_WORKSPACE, CI_PROJECT_DIR }: Readonly<Record<string, string | undefined>>,
): string {
  for (const folder of [GITHUB_WORKSPACE, CI_PROJECT_DIR]) {
    const root = folder ? around(cwd, folder) : undefined;
    if (root !== undefined) return root;
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

/** The folder by a path that begins as `cwd` does, though links lead there; undefined where it is not around `cwd`. */
function around(cwd: string, folder: string): string | undefined {
  try {
    const [here, root] = [realpathSync(cwd), realpathSync(folder)];
    const way = relative(root, here);
    return way.startsWith('..') || resolve(root, way) !== here
      ? undefined
      : resolve(cwd, relative(here, root));
  } catch {
    return undefined;
  }
}
