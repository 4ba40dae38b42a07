import type { Rule } from '../../text/rule';
import { type ConfDocument, settingsOfOptions } from '../model';
import { bad, fixBy, good, removal, reportEach } from './report';

export const ignoredInFile: Rule<ConfDocument> = {
  id: 'conf/ignored-in-file',
  title: 'Option without effect in a file',
  severity: 'warning',
  why: '`help` and `version` are looked for on the command line only. `config` is accepted and not followed: there is no way to include another file. `client-config` is read by the client library, which looks for it in the environment variable `QPID_CLIENT_CONFIG` only.',
  source: 'qpidd.cpp run_broker, Options.cpp Options::parse; measured',
  bad: [
    bad('config=/etc/qpid/common.conf\nport=5672\n', 'port=5672\n'),
    bad('version=yes\n', '\n'),
    bad('client-config=/etc/qpid/qpidc.conf\n', '\n'),
  ],
  good: [good('# config=/etc/qpid/common.conf\n')],
  check(document, report) {
    const ignored = settingsOfOptions(document, ({ inFile }) => inFile === 'ignored');
    reportEach(document, report, ignored, ({ option, key, line }) => ({
      uri: document.source.uri,
      span: key,
      message: messages[option.name] ?? `"${option.name}" has no effect in a file: remove the line.`,
      fix: fixBy('Remove the line', removal(document, line)),
    }));
  },
};

const messages: Readonly<Record<string, string>> = {
  config:
    'The broker accepts "config" in a file and does not follow it: there is no include. Remove the line.',
  'client-config':
    'The client library does not look here: set the environment variable QPID_CLIENT_CONFIG, and remove the line.',
};
