import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { placeOf } from '../ha';
import {
  type ConfDocument,
  effectiveBoolean,
  type Setting,
  type SettingContent,
  settingOf,
  settingsThat,
} from '../model';
import { isLogRule, type LogRule, logLevels, meantLevel, parseLogRule } from '../values/log-rule';
import { bad, fixBy, good, replacement } from './report';

export const errorsNotLogged: Rule<ConfDocument> = {
  id: 'conf/errors-not-logged',
  title: 'Log without the errors',
  severity: 'warning',
  why: 'Any `log-enable` takes the place of the default, `notice+`: with `log-enable=debug+:HA` alone the broker logs what HA does and nothing else, no error of the others and not even that it has started. An empty value leaves nothing but critical errors, and `log-disable` may take the errors away too. Begin with `log-enable=notice+`, and add to it line by line.',
  source: 'log/Selector.cpp, log/Options.cpp; measured',
  bad: [
    bad('log-enable=debug+:HA\n', 'log-enable=notice+\nlog-enable=debug+:HA\n'),
    bad('log-enable=\n', 'log-enable=notice+\n'),
    bad('log-enable=critical\n', 'log-enable=notice+\nlog-enable=critical\n'),
    bad('log-enable=info\n', 'log-enable=notice+\nlog-enable=info\n'),
    bad('log-disable=trace+\n'),
  ],
  good: [
    good('log-enable=notice+\nlog-enable=debug+:HA\n'),
    good('log-enable=error\n'),
    good('log-enable=debug+:HA\ntrace=yes\n'),
    good('log-disable=debug-\n'),
    good('log-enable=notice+\nlog-disable=error+:Protocol\n'),
  ],
  check(document, report) {
    const uncertain = settingsThat(document, isUncertain);
    const isCertain = (name: string) => !uncertain.some(({ option }) => option.name === name);
    const silencing = settingsThat(document, silencesErrors).filter(({ option }) => isCertain(option.name));
    const off = silencing.find(({ option }) => option.name === enable) ?? silencing[0];
    const uri = document.source.uri;
    if (off !== undefined) {
      const message = 'This takes all errors out of the log, but for the critical ones.';
      report({ uri, span: placeOf(off), message });
      return;
    }
    const first = isCertain(enable) ? settingOf(document, enable) : undefined;
    if (first === undefined || effectiveBoolean(document, 'trace')) return;
    if (settingsThat(document, logsErrors).length > 0) return;
    const message =
      'No rule logs the errors of the whole broker any more, nor its start: this took the place of the default, "notice+". Add a line "log-enable=notice+".';
    report({ uri, span: placeOf(first), message, ...cure(document, first) });
  },
};

const enable = 'log-enable';
const disable = 'log-disable';

/** While it is not certain what one rule means, nothing is said of all that are switched the same way. */
function isUncertain(setting: SettingContent): boolean {
  const { name } = setting.option;
  return (name === enable || name === disable) && rulesOf(setting).length === 0;
}

function silencesErrors(setting: SettingContent): boolean {
  const { name } = setting.option;
  if (name === disable) return rulesOf(setting).some(isAboutErrors);
  return name === enable && rulesOf(setting).some((rule) => rule?.off === true && isAboutErrors(rule));
}

function logsErrors(setting: SettingContent): boolean {
  if (setting.option.name !== enable) return false;
  return rulesOf(setting).some((rule) => rule?.off !== true && isAboutErrors(rule));
}

function rulesOf({ parsed, text }: SettingContent): readonly (LogRule | undefined)[] {
  return parsed.kind === 'log-rule' && !text.includes(',') ? [parsed.rule] : meantRules(text);
}

/** The rules as they are meant, undefined for the empty one; none at all where that is not certain. */
function meantRules(text: string): readonly (LogRule | undefined)[] {
  const parts = text.split(',').map((part) => part.trim());
  const several = parts.filter((part) => part !== '');
  if (parts.length > 1 && several.length > 0 && several.every(isLogRule)) return several.map(parseLogRule);
  const rule = parseLogRule(text);
  if (rule === undefined || rule.levelKnown) return [rule];
  const level = meantLevel(rule.level);
  return level === undefined ? [] : [{ ...rule, level }];
}

const levels: readonly string[] = logLevels;
const error = levels.indexOf('error');

/** On or off, a rule without a pattern that covers the level `error`. */
function isAboutErrors(rule: LogRule | undefined): boolean {
  if (rule === undefined || rule.pattern !== '') return false;
  const level = levels.indexOf(rule.level);
  switch (rule.reach) {
    case 'above':
      return level <= error;
    case 'below':
      return level >= error;
    case 'only':
      return level === error;
  }
}

/** What was there without the line; somebody may want it quiet. */
function cure(document: ConfDocument, { line, value, text }: Setting) {
  if (line.kind !== 'setting') return {};
  const { start, end } = line.span;
  const lineEnd = document.source.text[end - 1] === '\r' ? '\r\n' : '\n';
  const edit =
    parseLogRule(text) === undefined
      ? replacement(document, value, 'notice+')
      : replacement(document, span(start, start), `log-enable=notice+${lineEnd}`);
  return { fix: { ...fixBy('Log notices and errors of the whole broker', edit), onRequest: true as const } };
}
