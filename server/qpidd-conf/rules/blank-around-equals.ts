import type { Rule } from '../../text/rule';
import { type Span, span } from '../../text/span';
import type { ConfDocument } from '../model';
import type { SettingLine } from '../syntax';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const blankAroundEquals: Rule<ConfDocument> = {
  id: 'conf/blank-around-equals',
  title: 'Blank before an option or before its "="',
  severity: 'error',
  why: 'An option starts in the first column and touches its `=`. The broker compares everything before the first `=`, blanks included, with the names of its options, finds none and refuses to start: `Bad argument: |port = 5672|`. Blanks after `=` and at the end of the line do no harm.\n\nThe `qpid-ha` tool and the init script accept such blanks, so that the mistake shows only when the broker is started.',
  source: 'Options.cpp configFileLine; measured',
  bad: [
    bad('port = 5672\n', 'port=5672\n'),
    bad('  port=5672\n', 'port=5672\n'),
    bad('\tauth \t=no\n', 'auth=no\n'),
    bad('\u00a0auth=no\n', 'auth=no\n'),
  ],
  good: [good('port= 5672\n'), good('port=5672  \n'), good('log-prefix=a = b\n')],
  check(document, report) {
    reportEach(document, report, document.padded, (line) => ({
      uri: document.source.uri,
      span: blanks(line),
      message:
        'The broker takes the blanks before "=" for a part of the name and refuses to start: an option starts in the first column and touches its "=".',
      fix: fixBy(
        'Remove the blanks around the option and its "="',
        ...[...paddings(line), ...indentOf(line)].map((blank) => replacement(document, blank, '')),
      ),
    }));
  },
};

function paddings({ field, key }: SettingLine): readonly Span[] {
  return [span(field.start, key.start), span(key.end, field.end)].filter(({ start, end }) => start < end);
}

/** The blanks between `=` and the value: harmless, but nobody wants to keep them alone. */
function indentOf({ equals, value }: SettingLine): readonly Span[] {
  return equals.end < value.start ? [span(equals.end, value.start)] : [];
}

/** The blanks, or the whole field where they stand on both sides. */
function blanks(line: SettingLine): Span {
  const [first, second] = paddings(line);
  return second === undefined ? (first ?? line.field) : line.field;
}
