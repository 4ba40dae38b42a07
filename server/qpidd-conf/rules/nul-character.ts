import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import {
  type ConfDocument,
  effectiveBoolean,
  type Setting,
  type SettingContent,
  settingsThat,
} from '../model';
import { bad, good, reportEach } from './report';

export const nulCharacter: Rule<ConfDocument> = {
  id: 'conf/nul-character',
  title: 'Path with a NUL character in it',
  severity: 'warning',
  why: 'A NUL gets into a file when it is damaged, or saved in a wrong encoding. The broker keeps it in the value, and the operating system takes it for the end of a path: whatever the broker appends to the path is lost. With `store-dir` the broker searches its journals for ever and never listens; with `data-dir` and `paging-dir` it gives up, since the lock file that it opens is the folder itself.',
  source: 'DataDir.cpp, EmptyFilePoolManager.cpp findEfpPartitions; measured',
  bad: [
    bad('data-dir=/var/lib/qpidd\0\n'),
    bad('store-dir=/var\0/store\n'),
    bad('log-to-file=/var/log/qpidd.log\0\n'),
  ],
  good: [good('data-dir=/var/lib/qpidd\n'), good('log-prefix=a\0b\n')],
  check(document, report) {
    const cut = settingsThat(document, isPathWithNul);
    const fatal = cut.filter((setting) => isFatal(document, setting));
    reportEach(document, report, fatal, (setting) => finding(document, setting, true));
    const others = cut.filter((setting) => !fatal.includes(setting));
    reportEach(document, report, others, (setting) => finding(document, setting, false));
  },
};

function isPathWithNul({ option, text }: SettingContent): boolean {
  return option.type.kind === 'path' && option.inFile === undefined && text.includes('\0');
}

/** The broker appends the name of something that must be there. */
function isFatal(document: ConfDocument, { option }: Setting): boolean {
  switch (option.name) {
    case 'store-dir':
    case 'paging-dir':
      return true;
    case 'data-dir':
      return !effectiveBoolean(document, 'no-data-dir');
    default:
      return false;
  }
}

function finding(document: ConfDocument, { option, value, text }: Setting, fatal: boolean): FindingDraft {
  const at = value.start + text.indexOf('\0');
  return {
    uri: document.source.uri,
    span: span(at, at + 1),
    severity: fatal ? 'error' : 'warning',
    message: `The path of "${option.name}" ends at this NUL character${fatal ? ', and the broker does not come up' : ' for the broker'}: write the path anew.`,
  };
}
