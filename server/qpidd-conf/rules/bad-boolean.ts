import type { FindingDraft, Rule } from '../../text/rule';
import { quoted } from '../describe';
import type { ConfDocument } from '../model';
import { correctionOf, type RefusedSetting, refusedValues } from './refused-values';
import { bad, good, reportEach } from './report';

export const badBoolean: Rule<ConfDocument> = {
  id: 'conf/bad-boolean',
  title: 'Value that is no boolean',
  severity: 'error',
  why: "A boolean is one of `yes`, `no`, `true`, `false`, `on`, `off`, `1` and `0`, in any letter case, without quotes. Everything else, `y` and `enabled` included, stops the start: \"Valid choices are 'on|off', 'yes|no', '1|0' and 'true|false'\".",
  source: 'boost program_options validate(bool); measured',
  bad: [
    bad('auth=y\n', 'auth=yes\n'),
    bad('auth="no"\n', 'auth=no\n'),
    bad('ha-cluster=disabled # for now\n', 'ha-cluster=no # for now\n'),
    bad('auth=yes no\n'),
    bad('daemon=2\n'),
  ],
  good: [good('auth=YES\n'), good('auth=Off\ntcp-nodelay=1\n')],
  check(document, report) {
    reportEach(document, report, refusedValues(document, 'boolean', 'switch'), (setting) =>
      finding(document, setting),
    );
  },
};

function finding(document: ConfDocument, setting: RefusedSetting): FindingDraft {
  const { option, value, text } = setting;
  return {
    uri: document.source.uri,
    span: value,
    message: `${quoted(text)} is no value for "${option.name}", and the broker refuses to start: write yes or no.`,
    ...correctionOf(document, setting),
  };
}
