import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { placeOf } from '../ha';
import { type ConfDocument, effectiveBoolean, type Setting, settingsOf } from '../model';
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
    const enabled = rulesOf(settingsOf(document, 'log-enable'));
    const disabled = rulesOf(settingsOf(document, 'log-disable'));
    const [first] = enabled;
    const off = [...enabled.filter(({ rule }) => rule?.off === true), ...disabled].find(isAboutErrors);
    const uri = document.source.uri;
    if (off !== undefined) {
      const message = 'This takes all errors out of the log, but for the critical ones.';
      report({ uri, span: placeOf(off.setting), message });
      return;
    }
    if (first === undefined || effectiveBoolean(document, 'trace')) return;
    if (enabled.some((one) => one.rule?.off !== true && isAboutErrors(one))) return;
    const message =
      'No rule logs the errors of the whole broker any more, nor its start: this took the place of the default, "notice+". Add a line "log-enable=notice+".';
    report({ uri, span: placeOf(first.setting), message, ...cure(document, first) });
  },
};

interface Read {
  readonly setting: Setting;
  /** None where the rule is empty. */
  readonly rule: LogRule | undefined;
}

/** The rules as they are meant, or none at all where that is not certain of each. */
function rulesOf(settings: readonly Setting[]): readonly Read[] {
  const read = settings.map((setting) => meantRules(setting.text).map((rule) => ({ setting, rule })));
  return read.some((rules) => rules.length === 0) ? [] : read.flat();
}

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
function isAboutErrors({ rule }: Read): boolean {
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
function cure(document: ConfDocument, { setting, rule }: Read) {
  const { line, value } = setting;
  if (line.kind !== 'setting') return {};
  const { start, end } = line.span;
  const lineEnd = document.source.text[end - 1] === '\r' ? '\r\n' : '\n';
  const edit =
    rule === undefined
      ? replacement(document, value, 'notice+')
      : replacement(document, span(start, start), `log-enable=notice+${lineEnd}`);
  return { fix: { ...fixBy('Log notices and errors of the whole broker', edit), onRequest: true as const } };
}
