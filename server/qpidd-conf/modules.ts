import { distributionTransports } from '../address/broker-url';
import type { LoadableModule, ModuleName, Option } from './catalogue';
import type { Release } from './release';
import { hasLinearStore, mayHaveLegacyStore, modulesGone } from './release-history';
import { parseBoolean } from './values/boolean';
import { meantText, withoutQuotes } from './values/meant';

/**
 * Which modules a broker has that reads this file. The command line and the environment may load others, and
 * nobody but the broker sees its disk: a distribution's module directory is assumed to hold what distributions
 * ship, unless the file says otherwise.
 */
export interface Modules {
  /** Why the options of this module are unknown; undefined when it is loaded. */
  absence(module: ModuleName): ModuleAbsence | undefined;
  /** True when the file loads a module of which nothing is known: it may bring any option. */
  readonly foreign: boolean;
  /** True for the old store's reading of options that both stores have. */
  readonly legacyStore: boolean;
  /** Tags that may stand in a URL. */
  readonly transports: ReadonlySet<string>;
}

export type ModuleAbsence =
  /** `no-module-dir=yes`, and no `load-module` of it. */
  | { readonly kind: 'no-module-dir' }
  /** `module-dir` is no distribution's directory, and there is no `load-module` of it. */
  | { readonly kind: 'other-directory'; readonly directory: string }
  | { readonly kind: 'not-distributed' };

/** A setting as far as modules are concerned: its option and the text of its value. */
interface ModuleSetting {
  readonly option: Option;
  readonly text: string;
}

const distributed: ReadonlySet<string> = new Set<LoadableModule>(['ha.so', 'amqp.so', 'linearstore.so']);
const loadable: ReadonlySet<string> = new Set<LoadableModule>([
  ...(distributed as Set<LoadableModule>),
  'legacystore.so',
]);

/** Modules of the broker that add no option. */
const withoutOptions: ReadonlySet<string> = new Set(['xml.so', 'rdma.so']);

/** Modules of older releases: nothing of that name can be loaded any more (QPID-4938, QPID-4178). */
export const removedModules: ReadonlySet<string> = new Set(modulesGone);

/** All that lie in a module directory and in no directory of the dynamic loader. */
export const knownModules: ReadonlySet<string> = new Set([...loadable, ...withoutOptions, ...removedModules]);

/** The options that say which modules are loaded. */
export const moduleOptions: readonly string[] = ['load-module', 'module-dir', 'no-module-dir'];

const withRdma: ReadonlySet<string> = new Set([...distributionTransports, 'rdma']);

/**
 * @param settings only those of `moduleOptions` matter.
 * @param release of the broker; today's where it is not given.
 */
export function modulesOf(settings: readonly ModuleSetting[], release?: Release): Modules {
  const named = (name: string) =>
    settings.filter(({ option }) => option.name === name).map(({ text }) => text);
  const loaded = new Set(named('load-module').map((text) => moduleFileName(withoutQuotes(text) ?? text)));
  const [directory = ''] = named('module-dir').map((text) => withoutQuotes(text) ?? text);
  const noDirectory = isMeantTrue(named('no-module-dir')[0] ?? 'no');
  return {
    absence(module) {
      if (!loadable.has(module) || loaded.has(module)) return undefined;
      // Under another name, before it became a part of Qpid.
      if (module === 'legacystore.so' && loaded.has('msgstore.so')) return undefined;
      if (noDirectory) return { kind: 'no-module-dir' };
      if (directory !== '' && !isDistributionDirectory(directory))
        return { kind: 'other-directory', directory };
      if (module === 'legacystore.so' && mayHaveLegacyStore(release)) return undefined;
      return distributed.has(module) ? undefined : { kind: 'not-distributed' };
    },
    foreign: [...loaded].some((file) => !knownModules.has(file)),
    legacyStore: !hasLinearStore(release) || (loaded.has('legacystore.so') && !loaded.has('linearstore.so')),
    transports: loaded.has('rdma.so') ? withRdma : distributionTransports,
  };
}

function isMeantTrue(text: string): boolean {
  return parseBoolean(text) ?? meantText({ kind: 'boolean' }, text, distributionTransports) === 'yes';
}

/**
 * `/usr/lib64/qpid/daemon/ha` → `ha.so`: the broker appends the suffix where it is missing (Modules.cpp tryShlib).
 * At a NUL the path ends for the dynamic loader, and what is appended is lost.
 */
export function moduleFileName(path: string): string {
  const nul = path.indexOf('\0');
  if (nul >= 0) return path.slice(path.lastIndexOf('/', nul) + 1, nul);
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.endsWith('.so') ? file : `${file}.so`;
}

/** QPIDD_MODULE_DIR is `<libdir>/qpid/daemon` in every build that does not override it. */
export function isDistributionDirectory(directory: string): boolean {
  return /(?:^|\/)qpid\/daemon\/*$/.test(directory);
}
