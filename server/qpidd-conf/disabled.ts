import { type Span, span } from '../text/span';
import { findOption, isBrokerOption, type Option } from './catalogue';
import type { Line } from './syntax';

/** A setting that is commented out: `#port=5673`. */
export interface DisabledSetting {
  readonly option: Option;
  readonly key: Span;
  /** Empty, right after `=`, where there is none. */
  readonly value: Span;
}

/** Undefined for prose: behind the `=` stands a single word, or nothing. */
export function disabledSettingOn(text: string, line: Line): DisabledSetting | undefined {
  if (line.kind !== 'comment') return undefined;
  const { start, end } = line.comment;
  const parts = /^(#+[ \t]*)([a-z][a-z0-9-]*)=([^\s#]*)[ \t]*$/.exec(text.slice(start, end));
  const [, sign = '', name = '', value = ''] = parts ?? [];
  const option = findOption(name);
  if (parts === null || option === undefined || !isBrokerOption(option)) return undefined;
  const key = span(start + sign.length, start + sign.length + name.length);
  return { option, key, value: span(key.end + 1, key.end + 1 + value.length) };
}
