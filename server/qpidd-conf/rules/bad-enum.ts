import type { FindingDraft, Rule } from '../../text/rule';
import type { EnumType } from '../catalogue';
import { quoted } from '../describe';
import { type ConfDocument, type Setting, type SettingContent, settingsThat } from '../model';
import { meantText } from '../values/meant';
import { correctionOf } from './refused-values';
import { bad, fixBy, good, replacement, reportEach } from './report';
import { separateLines } from './separate-lines';

export const badEnum: Rule<ConfDocument> = {
  id: 'conf/bad-enum',
  title: 'Value that is none of those allowed',
  severity: 'error',
  why: '`ha-replicate` takes exactly `none`, `configuration` or `all` in lower case, and `syslog-facility` the name of a facility; anything else stops the start. For `protocols` and `listen-disable` the broker accepts any word without a message: one that it does not know has no effect, or in `protocols` leaves no protocol to speak.',
  source: 'ha/types.cpp, log/posix/SinkOptions.cpp, broker/Protocol.cpp; measured',
  bad: [
    bad('ha-replicate=All\n', 'ha-replicate=all\n'),
    bad('ha-replicate=\n'),
    bad('ha-replicate=messages\n'),
    bad('syslog-facility=LOCAL_0\n', 'syslog-facility=LOCAL0\n'),
    bad('syslog-facility=AUTHPRIV\n'),
    bad('protocols=amqp0.10\n', 'protocols=amqp0-10\n'),
    bad('protocols=amqp1.0,amqp0-10\n', 'protocols=amqp1.0\nprotocols=amqp0-10\n'),
    bad('listen-disable=TCP\n'),
  ],
  good: [
    good('ha-replicate=configuration\n'),
    good('syslog-facility=log_local0\n'),
    good('protocols=amqp1.0\n'),
  ],
  check(document, report) {
    const wrong = settingsThat(document, isWrong).flatMap((setting) => {
      const { type } = setting.option;
      return type.kind === 'enum' ? [{ setting, type }] : [];
    });
    const open = ({ type }: (typeof wrong)[number]) => type.open === true;
    reportEach(
      document,
      report,
      wrong.filter((one) => !open(one)),
      ({ setting, type }) => finding(document, setting, type),
    );
    reportEach(document, report, wrong.filter(open), ({ setting, type }) => finding(document, setting, type));
  },
};

function isWrong({ option, parsed, text }: SettingContent): boolean {
  if (option.type.kind !== 'enum' || text.includes('\r')) return false;
  return parsed.kind === 'invalid' || (parsed.kind === 'enum' && !parsed.known);
}

function finding(document: ConfDocument, setting: Setting, type: EnumType): FindingDraft {
  const { option, value, text } = setting;
  const uri = document.source.uri;
  const choices = type.values.join(', ');
  const fault =
    text === '' ? `"${option.name}" has no value` : `${quoted(text)} is no value for "${option.name}"`;
  if (type.open === true) {
    const message = `${fault}: the broker accepts it without a message, and without effect. Write one of ${choices}, one a line.`;
    // To take a transport from a broker is no cure that could be certain.
    const fix = option.name === 'protocols' ? protocolFix(document, setting, type) : undefined;
    return { uri, span: value, severity: 'warning', message, ...(fix === undefined ? {} : { fix }) };
  }
  return {
    uri,
    span: value,
    message: `${fault}, and the broker refuses to start: write one of ${choices}.`,
    ...correctionOf(document, setting),
  };
}

function protocolFix(document: ConfDocument, setting: Setting, type: EnumType) {
  const meant = meantText(type, setting.text, document.modules.transports);
  if (meant !== undefined) return fixBy(`Change to "${meant}"`, replacement(document, setting.value, meant));
  return separateLines(document, setting, (part) => type.values.includes(part));
}
