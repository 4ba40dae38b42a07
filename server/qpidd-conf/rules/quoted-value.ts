import type { Rule } from '../../text/rule';
import { type ConfDocument, type SettingContent, settingsThat } from '../model';
import { withoutQuotes } from '../values/meant';
import { bad, fixBy, good, replacement, reportEach } from './report';

/** Their own rules look at quotes. */
const elsewhere: ReadonlySet<string> = new Set(['load-module', 'module-dir', 'interface', 'transport']);

export const quotedValue: Rule<ConfDocument> = {
  id: 'conf/quoted-value',
  title: 'Quotes that become a part of the value',
  severity: 'warning',
  why: 'The broker knows no quotes: they are characters of the value like any other. A user name in quotes is refused by the other broker, and a path in quotes is a relative one that begins with a quote.',
  source: 'boost config_file_iterator; measured',
  bad: [
    bad('ha-username="qpid-ha"\n', 'ha-username=qpid-ha\n'),
    bad("acl-file='/etc/qpid/qpidd.acl'\n", 'acl-file=/etc/qpid/qpidd.acl\n'),
    bad('ha-password="secret"\n'),
  ],
  good: [good('ha-username=qpid-ha\n'), good('log-prefix=node "1"\n')],
  check(document, report) {
    const quoted = settingsThat(document, isQuotedText).flatMap((setting) => {
      const inner = withoutQuotes(setting.text);
      return inner === undefined ? [] : [{ setting, inner }];
    });
    reportEach(document, report, quoted, ({ setting: { option, value }, inner }) => ({
      uri: document.source.uri,
      span: value,
      message: `The quotes are a part of the value of "${option.name}": the broker does not remove them.`,
      // Nobody but its owner knows whether a password has quotes.
      ...(option.secret === true || inner === ''
        ? {}
        : { fix: fixBy('Remove the quotes', replacement(document, value, inner)) }),
    }));
  },
};

function isQuotedText(setting: SettingContent): boolean {
  return isText(setting) && withoutQuotes(setting.text) !== undefined;
}

function isText({ option }: SettingContent): boolean {
  return (option.type.kind === 'string' || option.type.kind === 'path') && !elsewhere.has(option.name);
}
