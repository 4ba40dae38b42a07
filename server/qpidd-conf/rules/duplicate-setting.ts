import type { FindingDraft, Rule } from '../../text/rule';
import type { Option } from '../catalogue';
import { type ConfDocument, type Setting, settingsOfOptions } from '../model';
import { bad, fixBy, good, removal, reportEach } from './report';

export const duplicateSetting: Rule<ConfDocument> = {
  id: 'conf/duplicate-setting',
  title: 'Option set twice',
  severity: 'error',
  why: "Only ten options may be set several times, one value a line, such as `log-enable` and `load-module`. Any other one that a file sets twice, even to the same value, stops the start: `option 'port' cannot be specified more than once`.",
  source: 'boost program_options check_first_occurrence; measured',
  bad: [
    bad('port=5672\nauth=no\nport=5672\n', 'port=5672\nauth=no\n'),
    bad('port=5672\nport=5673\n'),
    bad('ha-brokers-url=a,b\n\nha-brokers-url=a,b,c\n'),
  ],
  good: [
    good('log-enable=notice+\nlog-enable=debug+:HA\n'),
    good('interface=lo\ninterface=eth0\n'),
    good('port=5672\n# port=5673\n'),
  ],
  check(document, report) {
    const first = new Map<string, Setting>();
    const repeated: { readonly setting: Setting; readonly earlier: Setting }[] = [];
    for (const setting of settingsOfOptions(document, isDuplicated)) {
      const earlier = first.get(setting.option.name);
      if (earlier === undefined) first.set(setting.option.name, setting);
      else repeated.push({ setting, earlier });
    }
    reportEach(document, report, repeated, ({ setting, earlier }) => finding(document, setting, earlier));
  },
};

/** One that may be set only once, and is set again. */
function isDuplicated({ repeatable }: Option, isRepeated: boolean): boolean {
  return isRepeated && repeatable !== true;
}

function finding(document: ConfDocument, setting: Setting, earlier: Setting): FindingDraft {
  const { uri } = document.source;
  const { name } = setting.option;
  const same = setting.text === earlier.text;
  return {
    uri,
    span: setting.key,
    message: `"${name}" is set twice, and the broker refuses to start: ${same ? 'remove one of the two lines' : 'keep the line with the value that you want'}.`,
    related: [{ uri, span: earlier.key, message: 'Set here first.' }],
    ...(same ? { fix: fixBy('Remove this line', removal(document, setting.line)) } : {}),
  };
}
