import type { Rule } from '../../text/rule';
import type { ConfDocument } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const byteOrderMark: Rule<ConfDocument> = {
  id: 'conf/byte-order-mark',
  title: 'Byte order mark at the start of the file',
  severity: 'error',
  why: 'The broker reads bytes. It takes a byte order mark as part of the first line, finds no option of that name and refuses to start, even when the line is a comment or empty. Editors on Windows write the mark when a file is saved as "UTF-8 with BOM".',
  source: 'Options.cpp configFileLine; measured: `Bad argument: |\\xEF\\xBB\\xBFport=5672|`',
  bad: [
    bad('\ufeffport=5672\n', 'port=5672\n'),
    bad('\ufeff# HA broker\nauth=no\n', '# HA broker\nauth=no\n'),
    bad('\ufeff', '\n'),
  ],
  good: [good('port=5672\n'), good('log-prefix=\ufeff\n')],
  check(document, report) {
    const mark = document.byteOrderMark;
    if (mark === undefined) return;
    const rest = mark.end === document.source.text.length ? '\n' : '';
    report({
      uri: document.source.uri,
      span: mark,
      message:
        'The file begins with a byte order mark. The broker takes it as part of the first line and refuses to start: save the file as UTF-8 without it.',
      fix: fixBy('Remove the byte order mark', replacement(document, mark, rest)),
    });
  },
};
