import type { Rule } from '../../text/rule';
import type { ConfDocument } from '../model';
import type { NotText } from '../not-text';
import { bad, good } from './report';

const messages: Readonly<Record<NotText['kind'], string>> = {
  'utf-16':
    'The file is written in UTF-16. The broker reads bytes and refuses its first line: save the file as UTF-8 without a byte order mark.',
  binary:
    'The file holds control characters, as a binary or damaged file does, and the broker refuses it. Restore it from a copy, or remove everything that is no text.',
};

export const notText: Rule<ConfDocument> = {
  id: 'conf/not-text',
  title: 'File that is no text',
  severity: 'error',
  why: 'The broker reads bytes, line by line, and refuses the first line that is no comment and no setting. A UTF-16 file never has another kind of line; a binary file, or one that was cut short and padded with NULs by a crash, seldom does. One finding says so instead of one for each line.',
  source: 'Options.cpp configFileLine; measured with UTF-16 files',
  bad: [
    bad('\u00ff\u00fep\0o\0r\0t\0=\x005\x006\x007\x002\0\n\0'),
    bad('port=5672\n\0\0\0\0\0\0\0\0'),
    bad('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\n\x01\0'),
  ],
  good: [good('log-prefix=a\0b\n'), good('# caf\u00e9\nauth=no\n')],
  check(document, report) {
    if (document.notText === undefined) return;
    const { kind, span } = document.notText;
    report({ uri: document.source.uri, span, message: messages[kind] });
  },
};
