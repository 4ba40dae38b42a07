import type { Rule } from '../../text/rule';
import {
  type ConfDocument,
  effectiveBoolean,
  effectiveText,
  type Setting,
  settingOf,
  settingsOf,
  settingsOfOptions,
} from '../model';
import { moduleFileName } from '../modules';
import { bad, good } from './report';

export const storeWithoutDirectory: Rule<ConfDocument> = {
  id: 'conf/store-without-directory',
  title: 'Store without a directory',
  severity: 'error',
  why: 'linearstore keeps its files in `store-dir`, or else in the data directory. A broker that has the module and neither directory gives up at start-up. Where the module is not installed, `no-data-dir=yes` is fine: then the finding is a warning only.',
  source: 'linearstore/StorePlugin.cpp earlyInitialize; measured',
  bad: [
    bad('no-data-dir=yes\n'),
    bad('no-data-dir=yes\nefp-file-size=1024\n'),
    bad('data-dir=\nload-module=/usr/lib64/qpid/daemon/linearstore.so\n'),
  ],
  good: [
    good('no-data-dir=yes\nstore-dir=/var/lib/qpidd\n'),
    good('no-data-dir=no\n'),
    good('no-data-dir=yes\nno-module-dir=yes\n'),
  ],
  check(document, report) {
    const without = storeWithout(document);
    if (without === undefined) return;
    // Refused by a broker without the module, so that it must be there.
    const certain =
      settingsOf(document, 'load-module').some(({ text }) => moduleFileName(text) === 'linearstore.so') ||
      settingsOfOptions(document, ({ module }) => module === 'linearstore.so').length > 0;
    report({
      uri: document.source.uri,
      span: without.line.kind === 'setting' ? without.line.key : without.key,
      severity: certain ? 'error' : 'warning',
      message: certain
        ? 'The store has no directory, and the broker gives up at start-up: set "store-dir".'
        : 'A broker with the module linearstore.so gives up without a directory for its store: set "store-dir", unless the module is not installed.',
    });
  },
};

/** The setting that leaves a store, which may well be there, without a directory. */
export function storeWithout(document: ConfDocument): Setting | undefined {
  if ((settingOf(document, 'store-dir')?.text ?? '') !== '') return undefined;
  if (document.modules.absence('linearstore.so') !== undefined || document.modules.legacyStore)
    return undefined;
  return directoryless(document);
}

/** The setting that takes the data directory away. */
function directoryless(document: ConfDocument): Setting | undefined {
  if (effectiveBoolean(document, 'no-data-dir')) return settingOf(document, 'no-data-dir');
  return effectiveText(document, 'data-dir') === '' ? settingOf(document, 'data-dir') : undefined;
}
