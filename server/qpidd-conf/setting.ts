import type { Span } from '../text/span';
import type { SettingContent } from './block-settings';
import type { Option } from './catalogue';
import type { KeyReader } from './keys';
import { meantBy } from './malformed';
import { type Line, lineFrom } from './syntax';
import type { Value } from './values/value';

/** An option with the value that a file gives it, and where. */
export interface Setting extends SettingContent {
  readonly line: Line;
  readonly key: Span;
  /** Empty where the value is missing. */
  readonly value: Span;
}

/** Its places are found when they are asked for: of thousands of settings a check looks at a few. */
export class PlacedSetting implements Setting {
  private found: Pick<Setting, 'line' | 'key' | 'value'> | undefined;
  readonly option: Option;
  readonly text: string;
  readonly parsed: Value;
  declare readonly correction?: string;
  readonly understood: Value;

  /** @param start offset of its line in the text of the file. */
  constructor(
    content: SettingContent,
    private readonly file: string,
    readonly start: number,
    private readonly keys: KeyReader,
  ) {
    this.option = content.option;
    this.text = content.text;
    this.parsed = content.parsed;
    if (content.correction !== undefined) this.correction = content.correction;
    this.understood = content.understood;
  }

  get line(): Line {
    return this.places.line;
  }

  get key(): Span {
    return this.places.key;
  }

  get value(): Span {
    return this.places.value;
  }

  private get places(): Pick<Setting, 'line' | 'key' | 'value'> {
    this.found ??= placesOn(this.file, lineFrom(this.file, this.start), this.keys);
    return this.found;
  }
}

function placesOn(text: string, line: Line, keys: KeyReader): Pick<Setting, 'line' | 'key' | 'value'> {
  if (line.kind === 'setting') return { line, key: line.key, value: line.value };
  const meant = line.kind === 'malformed' ? meantBy(text, line, keys) : undefined;
  return { line, key: meant?.key ?? line.span, value: meant?.value ?? line.span };
}
