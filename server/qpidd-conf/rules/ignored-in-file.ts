import type { Rule } from '../../text/rule';
import { type ConfDocument, settingsOfOptions } from '../model';
import { bad, fixBy, good, removal, reportEach } from './report';

export const ignoredInFile: Rule<ConfDocument> = {
  id: 'conf/ignored-in-file',
  title: 'Option without effect in a file',
  severity: 'warning',
  why: '`help` and `version` are looked for on the command line only. `config` is accepted and not followed: there is no way to include another file.',
  source: 'qpidd.cpp run_broker, Options.cpp Options::parse; measured',
  bad: [bad('config=/etc/qpid/common.conf\nport=5672\n', 'port=5672\n'), bad('version=yes\n', '\n')],
  good: [good('client-config=/etc/qpid/qpidc.conf\n')],
  check(document, report) {
    const ignored = settingsOfOptions(document, ({ inFile }) => inFile === 'ignored');
    reportEach(document, report, ignored, ({ option, key, line }) => ({
      uri: document.source.uri,
      span: key,
      message:
        option.name === 'config'
          ? 'The broker accepts "config" in a file and does not follow it: there is no include. Remove the line.'
          : `"${option.name}" has no effect in a file: remove the line.`,
      fix: fixBy('Remove the line', removal(document, line)),
    }));
  },
};
