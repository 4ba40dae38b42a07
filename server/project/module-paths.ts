import { type ConfDocument, settingOf } from '../qpidd-conf/model';
import type { FileSystem } from './file-system';
import { uriOfPath } from './uris';

/** Where builds of the broker have their modules: `<libdir>/qpid/daemon` (CMakeLists.txt QPIDD_MODULE_DIR). */
const usualDirectories: readonly string[] = [
  '/usr/lib64',
  '/usr/lib',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/local/lib64',
  '/usr/local/lib',
].map((libraries) => `${libraries}/qpid/daemon`);

/** Full paths of the modules on this machine, those of the file's own directory first. */
export function modulePaths(files: FileSystem, document: ConfDocument): readonly string[] {
  const own = settingOf(document, 'module-dir')?.text.replace(/\/+$/, '') ?? '';
  const directories = new Set([...(/^\/[^\0]/.test(own) ? [own] : []), ...usualDirectories]);
  return [...directories].flatMap((directory) =>
    files
      .list(uriOfPath(directory))
      .filter(({ name, kind }) => kind === 'file' && name.endsWith('.so'))
      .map(({ name }) => `${directory}/${name}`),
  );
}
