import type { Rule } from '../../text/rule';
import { type ConfDocument, type SettingContent, settingsThat } from '../model';
import { isOutside } from './out-of-range';
import { bad, good, reportEach } from './report';

export const negativeNumber: Rule<ConfDocument> = {
  id: 'conf/negative-number',
  title: 'Negative number for an unsigned option',
  severity: 'warning',
  why: 'The broker accepts a minus sign for options that cannot be negative, and wraps the number without a message: `port=-39530` listens on 26006, and -1 is the largest number that fits, not "no limit". For most limits 0 means no limit.',
  source: 'boost lexical_cast; measured',
  bad: [bad('port=-39530\n'), bad('default-queue-limit=-1\n')],
  good: [
    good('port=26006\n'),
    good('default-queue-limit=0\n'),
    good('connection-backlog=-1\n'),
    good('port=-0\n'),
  ],
  check(document, report) {
    const wrapped = settingsThat(document, isWrapped).flatMap((setting) => {
      const { option, understood } = setting;
      const applies = understood.kind === 'integer' && understood.wrapped && option.type.kind === 'integer';
      return applies && !isOutside(setting, option.type) ? [{ setting, value: understood.value }] : [];
    });
    reportEach(document, report, wrapped, ({ setting, value }) => ({
      uri: document.source.uri,
      span: setting.value,
      message: `"${setting.option.name}" cannot be negative: the broker takes ${setting.text} for ${value} without a message.`,
    }));
  },
};

function isWrapped({ understood }: SettingContent): boolean {
  return understood.kind === 'integer' && understood.wrapped;
}
