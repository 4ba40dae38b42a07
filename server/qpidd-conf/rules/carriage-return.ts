import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { type ConfDocument, settingsThat } from '../model';
import { isRead, isRefused } from './refused-values';
import { bad, good } from './report';

export const carriageReturn: Rule<ConfDocument> = {
  id: 'conf/carriage-return',
  title: 'Carriage return that ends no line',
  severity: 'warning',
  why: 'For the broker a line ends at a line feed and nowhere else. In a file with the line ends of old Macs everything is one line: after a comment all settings are lost without a message, and after a setting they become a part of its value.',
  source: 'Options.cpp Options::parse (getline); measured',
  bad: [bad('port=5672\rauth=no\r'), bad('# HA broker\rport=5672\r'), bad('log-prefix=a\rb\n')],
  good: [good('port=5672\r\nauth=no\r\n'), good('port=5672\r')],
  check(document, report) {
    if (document.notText !== undefined) return;
    const at = firstInner(document.source.text);
    if (at === undefined) return;
    const fatal = settingsThat(document, isRefused).some(
      (setting) => setting.text.includes('\r') && isRead(document, setting),
    );
    report({
      uri: document.source.uri,
      span: span(at, at + 1),
      severity: fatal ? 'error' : 'warning',
      message: `A carriage return ends no line: for the broker the text after it belongs to ${fatal ? 'the value, which it refuses' : 'this line'}. Save the file with LF line ends.`,
    });
  },
};

/** Offset of the first carriage return that something other than a blank follows on the same line of the broker. */
function firstInner(text: string): number | undefined {
  for (let start = text.indexOf('\r'); start >= 0; ) {
    let next = start + 1;
    while (text[next] === '\r' || text[next] === ' ' || text[next] === '\t') next += 1;
    if (next < text.length && text[next] !== '\n') return start;
    start = text.indexOf('\r', next);
  }
  return undefined;
}
