import type { FindingDraft, Rule } from '../../text/rule';
import { quoted } from '../describe';
import type { ConfDocument } from '../model';
import { correctionOf, type RefusedSetting, refusedValues } from './refused-values';
import { bad, good, reportEach } from './report';

export const badDuration: Rule<ConfDocument> = {
  id: 'conf/bad-duration',
  title: 'Value that is no duration',
  severity: 'error',
  why: 'A duration is a number, in seconds or followed at once by `s`, `ms`, `us` or `ns` in lower case. There are no minutes and hours, and no blank before the unit: `1m` and `5 s` stop the start.',
  source: 'sys/posix/Time.cpp operator>>; measured',
  bad: [
    bad('link-heartbeat-interval=5 s\n', 'link-heartbeat-interval=5s\n'),
    bad('link-heartbeat-interval=10S\n', 'link-heartbeat-interval=10s\n'),
    bad('queue-purge-interval=10min\n', 'queue-purge-interval=600s\n'),
    bad('queue-purge-interval=1h\n', 'queue-purge-interval=3600s\n'),
    bad('ha-backup-timeout="10"\n', 'ha-backup-timeout=10\n'),
    bad('ha-backup-timeout=\n'),
    bad('ha-backup-timeout=soon\n'),
  ],
  good: [
    good('link-heartbeat-interval=10\n'),
    good('journal-flush-timeout=500ms\n'),
    good('queue-purge-interval=1e3\n'),
  ],
  check(document, report) {
    reportEach(document, report, refusedValues(document, 'duration'), (setting) =>
      finding(document, setting),
    );
  },
};

function finding(document: ConfDocument, setting: RefusedSetting): FindingDraft {
  const { option, value, text } = setting;
  const fault =
    text === '' ? `"${option.name}" has no value` : `${quoted(text)} is no value for "${option.name}"`;
  return {
    uri: document.source.uri,
    span: value,
    message: `${fault}, and the broker refuses to start: write seconds, or a number with s, ms, us or ns right after it.`,
    ...correctionOf(document, setting),
  };
}
