import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { repositoryRoot } from '../repository';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder of the cache: the one that is named, or else the usual place of such things in the nearest
 * `node_modules` of the repository, or else in the cache folder of the user. Never in the repository itself.
 */
export function cacheFolder(named: string | undefined, cwd: string, environment: Environment): string {
  if (named !== undefined) return resolve(cwd, named);
  const modules = nearestModules(cwd, environment);
  return modules === undefined ? join(userCache(environment), 'qpidha') : join(modules, '.cache', 'qpidha');
}

function nearestModules(cwd: string, environment: Environment): string | undefined {
  const root = repositoryRoot(cwd, environment);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (isFolder(modules)) return modules;
    if (folder === root || dirname(folder) === folder) return undefined;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function userCache({ XDG_CACHE_HOME, LOCALAPPDATA }: Environment): string {
  // Relative paths there are to be ignored (XDG Base Directory Specification).
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  switch (process.platform) {
    case 'win32':
      return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return join(homedir(), '.cache');
  }
}
