import type { Fix } from '../../text/finding';
import type { ValueType } from '../catalogue';
import {
  type ConfDocument,
  effectiveBoolean,
  type Setting,
  type SettingContent,
  settingsThat,
} from '../model';
import { firstStrict } from '../release';
import type { InvalidValue } from '../values/value';
import { passesOver } from './refused-since';
import { fixBy, replacement } from './report';

/** A setting whose value the broker refuses. */
export interface RefusedSetting extends Setting {
  readonly parsed: InvalidValue;
}

/** Those of some types. A value that holds a carriage return has that as its one fault. */
export function refusedValues(
  document: ConfDocument,
  ...kinds: readonly ValueType['kind'][]
): readonly RefusedSetting[] {
  return settingsThat(document, isRefused).filter(
    (setting): setting is RefusedSetting =>
      setting.parsed.kind === 'invalid' &&
      kinds.includes(setting.option.type.kind) &&
      !setting.text.includes('\r') &&
      !isContinued(document, setting),
  );
}

/** Of a value that was meant to go on in the next line that line tells, where the broker refuses it. */
function isContinued(document: ConfDocument, { text, line }: Setting): boolean {
  if (!text.endsWith('\\') || passesOver(document, firstStrict)) return false;
  const next = document.malformed.find((one) => one.line.span.start > line.span.start);
  if (next?.cause !== 'continuation') return false;
  const between = document.source.text.slice(line.span.end, next.line.span.start);
  return /^\r?\n$/.test(between);
}

export function isRefused({ parsed }: SettingContent): boolean {
  return parsed.kind === 'invalid';
}

/** The two URLs of the HA module are read with `ha-cluster=yes` only (HaBroker.cpp initialize). */
export function isRead(document: ConfDocument, { option }: Setting): boolean {
  return option.type.kind !== 'url' || option.module !== 'ha.so' || effectiveBoolean(document, 'ha-cluster');
}

/** The fix of a refused value, where it is certain what was meant. */
export function correctionOf(
  document: ConfDocument,
  { correction, value }: Setting,
  title = `Change to "${correction}"`,
): { readonly fix?: Fix } {
  return correction === undefined ? {} : { fix: fixBy(title, replacement(document, value, correction)) };
}
