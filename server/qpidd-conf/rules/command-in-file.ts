import type { Rule } from '../../text/rule';
import { type ConfDocument, settingsOfOptions } from '../model';
import { bad, fixBy, good, removal, reportEach } from './report';

export const commandInFile: Rule<ConfDocument> = {
  id: 'conf/command-in-file',
  title: 'Command to a running broker in its configuration',
  severity: 'error',
  why: '`check`, `quit` and `kill` are for the command line. In a file they turn every start into that command: the broker exits with 1 when none is running, and stops the one that is. An empty value counts as yes.',
  source: 'posix/QpiddBroker.cpp execute; measured',
  bad: [bad('check=yes\nauth=no\n', 'auth=no\n'), bad('quit=\n', '\n'), bad('kill=on\n', '\n')],
  good: [good('check=no\n')],
  check(document, report) {
    const commands = settingsOfOptions(document, ({ inFile }) => inFile === 'command').filter(
      ({ understood }) => understood.kind === 'boolean' && understood.value,
    );
    reportEach(document, report, commands, ({ option, key, line }) => ({
      uri: document.source.uri,
      span: key,
      message: `"${option.name}" in the file turns every start of the broker into that command, so that it never runs: remove the line.`,
      fix: fixBy('Remove the line', removal(document, line)),
    }));
  },
};
