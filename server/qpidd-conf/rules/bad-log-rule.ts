import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import { quoted } from '../describe';
import { type ConfDocument, type Setting, type SettingContent, settingsThat } from '../model';
import { isLogRule, logLevels, meantCategory, meantLevel, parseLogRule } from '../values/log-rule';
import { type RefusedSetting, refusedValues } from './refused-values';
import { bad, fixBy, good, replacement, reportEach } from './report';
import { separateLines } from './separate-lines';

export const badLogRule: Rule<ConfDocument> = {
  id: 'conf/bad-log-rule',
  title: 'Logging rule with an unknown level or category',
  severity: 'error',
  why: 'A logging rule is `[!]LEVEL[+|-][:PATTERN]`, one a line. An unknown level, or a comma list, stops the start before logging works: `Invalid log level name: info+,debug`. A pattern that misspells a category is accepted as part of a function name, and matches nothing.',
  source: 'log/Selector.cpp SelectorElement, log/Statement.cpp; measured',
  bad: [
    bad('log-enable=warn+\n', 'log-enable=warning+\n'),
    bad('log-enable=Info+:HA\n', 'log-enable=info+:HA\n'),
    bad('log-enable=info+,debug+:HA\n', 'log-enable=info+\nlog-enable=debug+:HA\n'),
    bad('log-enable=debug+:Brokr\n', 'log-enable=debug+:Broker\n'),
    bad('log-disable=all\n'),
    bad('log-enable=:HA\n'),
  ],
  good: [
    good('log-enable=notice+\nlog-enable=debug+:HA\n'),
    good('log-enable=trace+:qpid::ha\n'),
    good('log-disable=debug-:amqp\n'),
    good('log-enable=!info:Network\n'),
  ],
  check(document, report) {
    reportEach(document, report, refusedValues(document, 'log-rule'), (setting) =>
      badLevel(document, setting),
    );
    const misspelt = settingsThat(document, hasMisspeltCategory).flatMap((setting) => {
      const misspelling = misspellingIn(setting);
      return misspelling === undefined ? [] : [{ setting, ...misspelling }];
    });
    reportEach(document, report, misspelt, ({ setting, category, at }) =>
      badCategory(document, setting, category, at),
    );
  },
};

function hasMisspeltCategory(setting: SettingContent): boolean {
  return misspellingIn(setting) !== undefined;
}

function misspellingIn({ option, text }: SettingContent): { category: string; at: number } | undefined {
  const rule = option.type.kind === 'log-rule' ? parseLogRule(text) : undefined;
  const category = rule === undefined ? undefined : meantCategory(rule.pattern);
  return rule === undefined || category === undefined ? undefined : { category, at: rule.patternStart };
}

function badLevel(document: ConfDocument, setting: RefusedSetting): FindingDraft {
  const { value, text } = setting;
  const rule = parseLogRule(text);
  const start = value.start + (rule?.levelStart ?? 0);
  const level = rule?.level ?? '';
  const where = level === '' ? value : span(start, start + level.length);
  const meant = meantLevel(level);
  const fix =
    separateLines(document, setting, isFlawless) ??
    (meant === undefined ? undefined : fixBy(`Change to "${meant}"`, replacement(document, where, meant)));
  return {
    uri: document.source.uri,
    span: where,
    message: `${level === '' ? 'The level is missing' : `${quoted(level)} is no level`}, and the broker refuses to start: write one rule a line, with one of ${logLevels.join(', ')}.`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function badCategory(document: ConfDocument, setting: Setting, category: string, at: number): FindingDraft {
  const where = span(setting.value.start + at, setting.value.end);
  return {
    uri: document.source.uri,
    span: where,
    severity: 'warning',
    message: `There is no category ${quoted(setting.text.slice(at))}: the broker takes it for a part of a function name, and the rule matches nothing. Write "${category}".`,
    fix: fixBy(`Change to "${category}"`, replacement(document, where, category)),
  };
}

function isFlawless(rule: string): boolean {
  return isLogRule(rule) && meantCategory(parseLogRule(rule)?.pattern ?? '') === undefined;
}
