import { type ConfDocument, settingAt } from '../../qpidd-conf/model';
import { lineAt, type SettingLine } from '../../qpidd-conf/syntax';
import { type Span, span } from '../../text/span';
import { masked, type Secrets, saysSecret } from './masked';

/** What a finding in a file as such is about. */
export const wholeFile = 'file';

/**
 * What a finding in a qpidd.conf is about, so that it is known again wherever its line moves to: the option and its
 * value. Of a line that is no setting, or one of an unknown option, no more is taken than surely is no password.
 */
export function confContext(document: ConfDocument, at: Span, secrets: Secrets): string {
  const { source } = document;
  if (at.end <= (document.byteOrderMark?.end ?? 0)) return wholeFile;
  const setting = settingAt(document, at.start);
  if (setting !== undefined && within(setting.line.span, at.start)) {
    const { option, value, line } = setting;
    // A "#" in a password cuts its address before the "@" that would tell.
    const hasLogin = source.text.slice(value.start, line.span.end).includes('@');
    if (option.secret === true || saysSecret(option.name) || hasLogin) return `option ${option.name}`;
    return `option ${option.name}=${normal(masked(source, value, secrets))}`;
  }
  const line = lineAt(source.text, at.start);
  // What follows on a backslash may be the rest of a password.
  const isKey = line.kind === 'setting' && !/\\\r?\n$/.test(source.text.slice(0, line.span.start));
  return isKey ? `key ${keyOf(source.text, line)}` : line.kind;
}

function within({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** As far as it can be the name of an option. */
function keyOf(text: string, { key }: SettingLine): string {
  const name = text.slice(key.start, key.end);
  return /^[\w.-]{1,100}$/.test(name) ? name.toLowerCase() : '';
}

/** Blanks are of no account, and neither are line ends. */
export function normal(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The line that holds an offset, from its first character to its last. */
export function lineSpan(text: string, offset: number): Span {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return span(start, end < 0 ? text.length : end);
}
