import type { Rule } from '../../text/rule';
import { type ConfDocument, type SettingContent, settingsThat } from '../model';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const emptyBoolean: Rule<ConfDocument> = {
  id: 'conf/empty-boolean',
  title: 'Boolean without a value, which means yes',
  severity: 'warning',
  why: 'A boolean without a value is not unset: it means yes. `ha-cluster=` makes the broker join a cluster and reject all clients. The init script, which reads the file with a pattern of its own, takes the same line for no.',
  source: 'boost program_options validate(bool); measured',
  bad: [
    bad('auth=\n', 'auth=yes\n'),
    bad('ha-queue-replication= # later\n', 'ha-queue-replication=yes # later\n'),
  ],
  good: [good('auth=yes\n'), good('log-prefix=\n'), good('quit=\n')],
  check(document, report) {
    const empty = settingsThat(document, isEmptyBoolean).filter(({ line }) => line.kind === 'setting');
    reportEach(document, report, empty, ({ option, key, value }) => ({
      uri: document.source.uri,
      span: key,
      message: `"${option.name}" without a value means yes. Write yes or no.`,
      fix: fixBy('Write "yes"', replacement(document, value, 'yes')),
    }));
  },
};

function isEmptyBoolean({ option, parsed, text }: SettingContent): boolean {
  return text === '' && parsed.kind === 'boolean' && option.inFile === undefined;
}
