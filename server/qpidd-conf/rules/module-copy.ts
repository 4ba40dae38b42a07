import type { Rule } from '../../text/rule';
import { type ConfDocument, type Setting, settingOf, settingsOf } from '../model';
import { isDistributionDirectory, moduleFileName } from '../modules';
import { withoutQuotes } from '../values/meant';
import { bad, fixBy, good, removal, reportEach } from './report';

export const moduleCopy: Rule<ConfDocument> = {
  id: 'conf/module-copy',
  title: 'Two copies of one module',
  severity: 'warning',
  why: "The broker loads every `load-module`, and then all of the module directory. One file named twice is loaded once; two files of the same name are two modules that define the same options: the broker refuses the first of them that the file sets, `option 'ha-cluster' is ambiguous and matches different versions`. Two names of one file, by a link, do no harm.",
  source: 'Modules.cpp; measured',
  bad: [
    bad(
      'load-module=/usr/lib64/qpid/daemon/ha.so\nload-module=/opt/qpid/ha.so\n',
      'load-module=/usr/lib64/qpid/daemon/ha.so\n',
    ),
    bad(
      'module-dir=/opt/qpid/lib/qpid/daemon\nload-module=/usr/lib64/qpid/daemon/ha.so\n',
      'module-dir=/opt/qpid/lib/qpid/daemon\n',
    ),
  ],
  good: [
    good('load-module=/usr/lib64/qpid/daemon/ha.so\nload-module=/usr/lib64/qpid/daemon/ha.so\n'),
    good('module-dir=/usr/lib64/qpid/daemon/\nload-module=/usr/lib64/qpid/daemon/ha.so\n'),
    good('load-module=/usr/lib64/qpid/daemon/ha.so\nload-module=/opt/qpid/extra.so\n'),
  ],
  check(document, report) {
    const first = new Map<string, Origin>();
    const copies: { readonly setting: Setting; readonly earlier: Origin }[] = [];
    const directory = readDirectory(document);
    for (const setting of settingsOf(document, 'load-module')) {
      const path = normal(withoutQuotes(setting.text) ?? setting.text);
      // A relative path, or none, is looked up where nobody but the broker knows.
      if (!path.startsWith('/') || path.includes('\0')) continue;
      const file = moduleFileName(path);
      const folder = path.slice(0, path.lastIndexOf('/'));
      const earlier = first.get(file) ?? (shipped.has(file) ? directory : undefined);
      if (earlier === undefined) first.set(file, { setting, folder });
      else if (earlier.folder !== folder) copies.push({ setting, earlier });
    }
    const { uri } = document.source;
    reportEach(document, report, copies, ({ setting: { value, line, text }, earlier }) => ({
      uri,
      span: value,
      message: `A ${moduleFileName(text)} is loaded from ${earlier.folder} already: unless this is the same file, the broker refuses the options of the module as ambiguous. Remove the line.`,
      related: [{ uri, span: earlier.setting.value, message: 'It is loaded from here.' }],
      fix: { ...fixBy('Remove the line', removal(document, line)), onRequest: true as const },
    }));
  },
};

interface Origin {
  readonly setting: Setting;
  readonly folder: string;
}

/** What a module directory of a distribution surely holds. */
const shipped: ReadonlySet<string> = new Set(['ha.so', 'amqp.so', 'linearstore.so']);

/** The module directory that the file names. The one that is built in is another on every distribution. */
function readDirectory(document: ConfDocument): Origin | undefined {
  const setting = settingOf(document, 'module-dir');
  if (setting === undefined || document.modules.absence('ha.so')?.kind === 'no-module-dir') return undefined;
  const path = withoutQuotes(setting.text) ?? setting.text;
  if (!path.startsWith('/') || !isDistributionDirectory(path)) return undefined;
  return { setting, folder: normal(path).replace(/\/$/, '') };
}

function normal(path: string): string {
  return path.replace(/\/+(?:\.\/+)*/g, '/');
}
