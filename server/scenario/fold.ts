import type { Option } from '../qpidd-conf/catalogue';
import type { Effective, EffectiveSetting, EffectiveValue } from '../qpidd-conf/effective';
import type { ConfDocument } from '../qpidd-conf/model';
import { isBoolean } from '../qpidd-conf/sources/environment';
import { withOption } from './conf-edits';

export interface Folded {
  readonly conf: ConfDocument;
  /** What has no way to stand in a file. */
  readonly left: readonly EffectiveSetting[];
}

/**
 * The file as if what the environment and the command line say stood in it: what rules then find is found of what the
 * broker runs with. What a stronger source hides, the broker does not even look at.
 */
export function folded(conf: ConfDocument, { settings }: Effective): Folded {
  const given = settings.filter(({ values: [first] }) => isFromOutside(first?.source.kind));
  // Nobody can write to a file that is no text, and one without a byte is refused as it is.
  if (conf.notText !== undefined || conf.source.text === '') return { conf, left: given };
  const left = given.filter((setting) => !canStandInFile(setting));
  return { conf: given.filter(canStandInFile).reduce(foldedIn, conf), left };
}

function isFromOutside(kind: string | undefined): boolean {
  return kind === 'environment' || kind === 'command-line';
}

/** A file cuts values at `#`, and trims them. */
function canStandInFile({ option, values }: EffectiveSetting): boolean {
  return (
    option.inFile === undefined &&
    values.every(
      (value) =>
        isRefusedUrl(option, value) ||
        (!/[#\r\n\0]/.test(value.text) && value.text === value.text.replace(/^[ \t]+|[ \t]+$/g, '')),
    )
  );
}

/** Whether the broker looks at a URL depends on other settings: rules know on which. Any refused one will do for them. */
function isRefusedUrl({ type }: Option, { value }: EffectiveValue): boolean {
  return type.kind === 'url' && value.kind === 'invalid';
}

function foldedIn(conf: ConfDocument, { option, values }: EffectiveSetting): ConfDocument {
  const texts = values.map((value) => {
    if (isRefusedUrl(option, value)) return ',';
    return value.text === '' && isBoolean(option) ? 'yes' : value.text;
  });
  return withOption(conf, option.name, texts);
}
