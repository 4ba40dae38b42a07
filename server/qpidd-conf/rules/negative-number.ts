import type { Rule } from '../../text/rule';
import { type ConfDocument, type Setting, type SettingContent, settingsThat } from '../model';
import { wrappedText } from '../values/integer';
import { isOutside } from './out-of-range';
import { bad, good, offerBy, replacement, reportEach } from './report';

export const negativeNumber: Rule<ConfDocument> = {
  id: 'conf/negative-number',
  title: 'Negative number for an unsigned option',
  severity: 'warning',
  why: 'The broker accepts a minus sign for options that cannot be negative, and wraps the number without a message: `port=-39530` listens on 26006, and -1 is the largest number that fits, not "no limit". For most limits 0 means no limit.',
  source: 'boost lexical_cast; measured',
  bad: [
    bad('port=-39530\n', 'port=26006\n'),
    bad('default-queue-limit=-1\n', 'default-queue-limit=0\n'),
    bad('max-purge-batch=-1\n'),
  ],
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
      if (!applies || isOutside(setting, option.type)) return [];
      return [{ setting, value: wrappedText(setting.correction ?? setting.text, option.type) }];
    });
    reportEach(document, report, wrapped, ({ setting, value }) => ({
      uri: document.source.uri,
      span: setting.value,
      message: `"${setting.option.name}" cannot be negative: the broker takes ${setting.text} for ${value} without a message.`,
      ...cure(document, setting, value),
    }));
  },
};

/** For a port the number that it is, and for a limit none, where 0 stands for that. */
function cure(document: ConfDocument, { option, value: where }: Setting, value: string) {
  const instead = ports.has(option.name) ? value : option.name === 'default-queue-limit' ? '0' : '';
  if (instead === '') return {};
  return { fix: offerBy(`Change to "${instead}"`, replacement(document, where, instead)) };
}

const ports: ReadonlySet<string> = new Set(['port', 'ssl-port']);

function isWrapped({ understood }: SettingContent): boolean {
  return understood.kind === 'integer' && understood.wrapped;
}
