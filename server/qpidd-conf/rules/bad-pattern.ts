import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import { type ConfDocument, type Setting, settingsOf } from '../model';
import { type RefusedSetting, refusedValues } from './refused-values';
import { bad, fixBy, good, removal, reportEach } from './report';

export const badPattern: Rule<ConfDocument> = {
  id: 'conf/bad-pattern',
  title: 'Pattern that does not compile, or is given twice',
  severity: 'error',
  why: 'The patterns of queues and topics that are created on demand are POSIX basic regular expressions. One that does not compile stops the start with `Regular expression compilation error`, and so does a pattern that stands twice, be it once as a queue and once as a topic.',
  source: 'broker/amqp/NodePolicy.cpp, sys/regex.h; measured',
  bad: [
    bad('queue-patterns=orders.[a-z\n'),
    bad('topic-patterns=\\(news\n'),
    bad('queue-patterns=orders.*\nqueue-patterns=orders.*\n', 'queue-patterns=orders.*\n'),
    bad('queue-patterns=events\ntopic-patterns=events\n'),
  ],
  good: [good('queue-patterns=orders\\.[a-z]*\ntopic-patterns=news.*\n'), good('queue-patterns=(*\n')],
  check(document, report) {
    reportEach(document, report, refusedValues(document, 'pattern'), (setting) => broken(document, setting));
    const first = new Map<string, Setting>();
    const repeated: { readonly setting: Setting; readonly earlier: Setting }[] = [];
    const all = [...settingsOf(document, 'queue-patterns'), ...settingsOf(document, 'topic-patterns')];
    for (const setting of all) {
      const earlier = first.get(setting.text);
      if (earlier === undefined) first.set(setting.text, setting);
      else repeated.push({ setting, earlier });
    }
    reportEach(document, report, repeated, ({ setting, earlier }) => twice(document, setting, earlier));
  },
};

function broken(document: ConfDocument, { value, parsed }: RefusedSetting): FindingDraft {
  return {
    uri: document.source.uri,
    span: span(Math.min(value.start + (parsed.offset ?? 0), value.end), value.end),
    message: `This is no basic regular expression: ${parsed.reason ?? 'it cannot be read'}. The broker refuses to start.`,
  };
}

function twice(document: ConfDocument, setting: Setting, earlier: Setting): FindingDraft {
  const { uri } = document.source;
  const same = setting.option.name === earlier.option.name;
  return {
    uri,
    span: setting.value,
    message: same
      ? 'The pattern is given twice, and the broker refuses to start: remove one of the two lines.'
      : 'The pattern stands for queues and for topics, and the broker refuses to start: decide for one of them.',
    related: [{ uri, span: earlier.value, message: 'Given here first.' }],
    ...(same ? { fix: fixBy('Remove this line', removal(document, setting.line)) } : {}),
  };
}
