import type { Rule } from '../../text/rule';
import { type ConfDocument, type Setting, settingsOf } from '../model';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const adjustedNumber: Rule<ConfDocument> = {
  id: 'conf/adjusted-number',
  title: 'Number of the store that the broker replaces by another',
  severity: 'info',
  why: 'linearstore writes pages of 4 KiB, 8 KiB, 16 KiB and so on, at least 4 of them, and files of a multiple of 4 KiB. It takes the nearest number that fits, mostly with a line in the log.',
  source: 'linearstore/MessageStoreImpl.cpp chkJrnlWrPageCacheSize, chkEfpFileSizeKiB',
  bad: [
    bad('wcache-page-size=100\n', 'wcache-page-size=128\n'),
    bad('tpl-wcache-page-size=2\n', 'tpl-wcache-page-size=4\n'),
    bad('wcache-num-pages=1\n', 'wcache-num-pages=4\n'),
    bad('efp-file-size=2047\n', 'efp-file-size=2048\n'),
  ],
  good: [
    good('wcache-page-size=32\nwcache-num-pages=8\nefp-file-size=4096\n'),
    good('wcache-page-size=0\n'),
    good('load-module=/usr/lib64/qpid/daemon/legacystore.so\nwcache-page-size=2\n'),
  ],
  check(document, report) {
    const changed = adjusted.flatMap(({ name, adjust }) =>
      settingsOf(document, name).flatMap((setting) => {
        const taken = takenFor(setting, adjust);
        return taken === undefined ? [] : [{ setting, taken }];
      }),
    );
    reportEach(
      document,
      report,
      changed,
      ({ setting: { option, value, text, correction = text }, taken }) => ({
        uri: document.source.uri,
        span: value,
        message: `The store cannot do with "${option.name}=${correction}", and takes ${taken}: write that.`,
        fix: fixBy(`Change to "${taken}"`, replacement(document, value, String(taken))),
      }),
    );
  },
};

function takenFor(
  { option, understood }: Setting,
  adjust: (value: number) => number | undefined,
): number | undefined {
  if (option.module !== 'linearstore.so' || option.type.kind !== 'integer') return undefined;
  // A wrapped number, and one that stops the broker, are findings of their own.
  if (understood.kind !== 'integer' || understood.wrapped || understood.value > 2 ** 31) return undefined;
  if (understood.value < (option.type.min ?? 0)) return undefined;
  const taken = adjust(understood.value);
  return taken === understood.value ? undefined : taken;
}

const adjusted: readonly { readonly name: string; adjust(value: number): number | undefined }[] = [
  { name: 'wcache-page-size', adjust: pageSize },
  { name: 'tpl-wcache-page-size', adjust: pageSize },
  { name: 'wcache-num-pages', adjust: (pages) => Math.max(pages, 4) },
  { name: 'tpl-wcache-num-pages', adjust: (pages) => Math.max(pages, 4) },
  { name: 'efp-file-size', adjust: (size) => size - (size % 4) + (size % 4 >= 2 ? 4 : 0) },
];

/** KiB. 0 asks for the default. */
function pageSize(size: number): number | undefined {
  return size === 0 ? undefined : size < 4 ? 4 : 2 ** Math.floor(Math.log2(size) + 0.5);
}
