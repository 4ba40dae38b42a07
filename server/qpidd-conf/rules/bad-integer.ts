import type { FindingDraft, Rule } from '../../text/rule';
import type { IntegerType } from '../catalogue';
import { describeRange, quoted } from '../describe';
import type { ConfDocument } from '../model';
import { correctionOf, type RefusedSetting, refusedValues } from './refused-values';
import { bad, good, reportEach } from './report';

export const badInteger: Rule<ConfDocument> = {
  id: 'conf/bad-integer',
  title: 'Value that is no integer, or does not fit',
  severity: 'error',
  why: 'An integer is decimal digits with an optional sign. Suffixes such as `100M`, separators, hexadecimal numbers, fractions and quotes stop the start, and so does a number that does not fit the type of the option.',
  source: 'boost lexical_cast; measured',
  bad: [
    bad('port="5672"\n', 'port=5672\n'),
    bad('default-queue-limit=104,857,600\n', 'default-queue-limit=104857600\n'),
    bad('default-queue-limit=0x6400000\n', 'default-queue-limit=104857600\n'),
    bad('max-negotiate-time=10s\n', 'max-negotiate-time=10000\n'),
    bad('default-queue-limit=100M\n'),
    bad('port=\n'),
    bad('port=70000\n'),
    bad('worker-threads=many\n'),
  ],
  good: [good('port=026001\n'), good('port=+5672\n'), good('connection-backlog=-1\n')],
  check(document, report) {
    reportEach(document, report, refusedValues(document, 'integer'), (setting) => finding(document, setting));
  },
};

function finding(document: ConfDocument, setting: RefusedSetting): FindingDraft {
  const { option, value } = setting;
  const draft = { uri: document.source.uri, span: value };
  if (option.type.kind !== 'integer') return { ...draft, message: 'The broker refuses this value.' };
  return {
    ...draft,
    message: `${fault(setting)}, and the broker refuses to start: write an integer from ${describeRange(option.type)}.${sizeHint(setting, option.type)}`,
    ...correctionOf(document, setting),
  };
}

function fault({ option, text, parsed }: RefusedSetting): string {
  switch (parsed.reason) {
    case 'empty':
      return `"${option.name}" has no value`;
    case 'out-of-range':
      return `${quoted(text)} does not fit "${option.name}"`;
    default:
      return `${quoted(text)} is no value for "${option.name}"`;
  }
}

const powers = 'kmgt';

/** The number behind `100M`, where the option counts bytes: to be sure of the power is up to the writer. */
function sizeHint({ text }: RefusedSetting, { unit }: IntegerType): string {
  const match = /^([0-9]{1,6})([kmgt])(?:i?b)?$/i.exec(text);
  if (match === null || unit !== 'bytes') return '';
  const [, amount = '', letter = ''] = match;
  const bytes = Number(amount) * 1024 ** (powers.indexOf(letter.toLowerCase()) + 1);
  return ` ${amount} ${letter.toUpperCase()}iB are ${bytes}.`;
}
