import type { InlayHint } from '../text/features';
import { type Span, touches } from '../text/span';
import type { IntegerType } from './catalogue';
import type { ConfDocument, Setting } from './model';
import { binarySize, timeSpan } from './values/amounts';

/** What a value says, where it does not say it: `auth=` means yes, `104857600` is 100 MiB, `120` are seconds. */
export function inlayHints({ settings }: ConfDocument, within: Span): readonly InlayHint[] {
  return settings.flatMap((setting) => {
    const { value, line } = setting;
    if (line.kind !== 'setting' || !touches(within, value.end)) return [];
    const hint = hintOf(setting);
    return hint === undefined ? [] : [{ offset: value.end, ...hint }];
  });
}

type Hint = Omit<InlayHint, 'offset'>;

function hintOf({ option, text, parsed }: Setting): Hint | undefined {
  if (parsed.kind === 'boolean') {
    return text === '' ? { label: 'yes', tooltip: 'An empty boolean means yes.' } : undefined;
  }
  if (parsed.kind === 'duration') return durationHint(text, parsed.seconds);
  if (parsed.kind !== 'integer' || option.type.kind !== 'integer') return undefined;
  return parsed.wrapped ? wrappedHint(option.type, text) : integerHint(option.type, parsed.value);
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
