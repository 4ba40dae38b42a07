import type { InlayHint } from '../text/features';
import { type Span, touches } from '../text/span';
import type { IntegerType, Option } from './catalogue';
import { describeDefault } from './describe';
import { disabledSettingOn } from './disabled';
import { type ConfDocument, type Setting, settingOf } from './model';
import { type Line, lineAt } from './syntax';
import { binarySize, timeSpan } from './values/amounts';

/**
 * What a value says, where it does not say it: `auth=` means yes, `104857600` is 100 MiB, `120` are seconds; and what
 * holds instead of a setting that is commented out.
 */
export function inlayHints(document: ConfDocument, within: Span): readonly InlayHint[] {
  const hints = [...hintsOnValues(document, within), ...hintsOnDisabled(document, within)];
  return hints.sort((a, b) => a.offset - b.offset);
}

function hintsOnValues({ settings }: ConfDocument, within: Span): readonly InlayHint[] {
  return settings.flatMap((setting) => {
    const { value, line } = setting;
    if (line.kind !== 'setting' || !touches(within, value.end)) return [];
    const hint = hintOf(setting);
    return hint === undefined ? [] : [{ offset: value.end, ...hint }];
  });
}

/** Longer defaults are told in the hover: a hint that is a sentence is in the way. */
const longestDefault = 40;

function hintsOnDisabled(document: ConfDocument, within: Span): readonly InlayHint[] {
  const { source, notText } = document;
  if (notText !== undefined) return [];
  const hints: InlayHint[] = [];
  const told = new Set<string>();
  for (let at = within.start; at <= within.end; ) {
    const line = lineAt(source.text, at);
    const hint = disabledHint(document, line, told);
    if (hint !== undefined && touches(within, hint.offset)) hints.push(hint);
    at = line.span.end + 1;
  }
  return hints;
}

/** Nothing where another line sets the option, or where the comment says what holds anyway. */
function disabledHint(document: ConfDocument, line: Line, told: Set<string>): InlayHint | undefined {
  const disabled = disabledSettingOn(document.source.text, line);
  if (disabled === undefined || told.has(disabled.option.name)) return undefined;
  const { option, value } = disabled;
  if (option.repeatable === true || settingOf(document, option.name) !== undefined) return undefined;
  if (option.inFile !== undefined || document.modules.absence(option.module) !== undefined) return undefined;
  const standard = describeDefault(option);
  if (standard === document.source.text.slice(value.start, value.end) || standard.length > longestDefault)
    return undefined;
  told.add(option.name);
  return {
    offset: value.end,
    label: `default: ${standard}`,
    tooltip: `Commented out: the broker takes the default, ${standard}.`,
  };
}

type Hint = Omit<InlayHint, 'offset'>;

function hintOf({ option, text, parsed }: Setting): Hint | undefined {
  if (parsed.kind === 'boolean') {
    return text === '' ? { label: 'yes', tooltip: 'An empty boolean means yes.' } : undefined;
  }
  if (text === '' && parsed.kind === 'text') return emptyHint(option);
  if (parsed.kind === 'duration') return durationHint(text, parsed.seconds);
  if (parsed.kind !== 'integer' || option.type.kind !== 'integer') return undefined;
  return parsed.wrapped ? wrappedHint(option.type, text) : integerHint(option.type, parsed.value);
}

/** An empty text is a value like any other, and takes the place of the default. */
function emptyHint(option: Option): Hint | undefined {
  const standard = 'value' in option.default ? option.default.value : '';
  if (standard === '') return undefined;
  return { label: 'empty', tooltip: `Empty, and not the default, ${standard}.` };
}

const plain = /^\d+(?:\.\d*)?$/;

/** Without a unit the broker takes seconds. */
function durationHint(text: string, seconds: number): Hint | undefined {
  const time = timeSpan(seconds);
  if (time === undefined) return undefined;
  const tooltip = `A number without a unit counts seconds: ${time}.`;
  if (plain.test(text))
    return seconds < 60 ? { label: secondsFor(seconds), tooltip } : { label: `= ${time}`, tooltip };
  const spelled = /^\d+(?:\.\d*)?(?:s|ms|us|ns)$/.test(text);
  return spelled && seconds < 60 ? undefined : { label: `= ${time}`, tooltip: `The broker reads ${time}.` };
}

/** Exact, where a number of JavaScript would not be. */
function wrappedHint({ bits }: IntegerType, text: string): Hint {
  const taken = BigInt.asUintN(bits, BigInt(text));
  return { label: `= ${taken}`, tooltip: `The option cannot be negative: the broker takes ${taken}.` };
}

interface Unit {
  /** Behind numbers that need no other unit. */
  readonly label: (value: number) => string;
  readonly tooltip: string;
  /** Undefined where the unit itself is best. */
  readonly larger?: (value: number) => string | undefined;
}

const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['bytes', { label: () => 'bytes', tooltip: 'Counts bytes.', larger: (value) => size(value, 1) }],
  [
    'KiB',
    { label: () => 'KiB', tooltip: 'Counts KiB, of 1024 bytes.', larger: (value) => size(value, 1024) },
  ],
  [
    '64 KiB pages',
    { label: () => 'pages', tooltip: 'Counts pages of 64 KiB.', larger: (value) => size(value, 65_536) },
  ],
  ['s', { label: secondsFor, tooltip: 'Counts seconds.', larger: (value) => time(value, 60) }],
  ['ms', { label: () => 'ms', tooltip: 'Counts milliseconds.', larger: (value) => time(value / 1000, 1) }],
  ['percent', { label: () => '%', tooltip: 'Percent.' }],
]);

function integerHint({ unit = '' }: IntegerType, value: number): Hint | undefined {
  const known = units.get(unit);
  if (known === undefined) return undefined;
  const larger = known.larger?.(value);
  return { label: larger === undefined ? known.label(value) : `= ${larger}`, tooltip: known.tooltip };
}

function size(count: number, bytes: number): string | undefined {
  return count >= 1 && (count >= 1024 || bytes > 1024) ? binarySize(count * bytes) : undefined;
}

function time(seconds: number, least: number): string | undefined {
  return seconds >= least ? timeSpan(seconds) : undefined;
}

function secondsFor(value: number): string {
  return value === 1 ? 'second' : 'seconds';
}
