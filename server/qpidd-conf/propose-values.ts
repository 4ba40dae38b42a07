import type { CompletionItem, CompletionKind } from '../text/features';
import { span } from '../text/span';
import type { Option } from './catalogue';
import { describeDefault } from './describe';
import { type ConfDocument, settingsOf } from './model';
import type { Surroundings } from './surroundings';
import { briefNoteOn, categoriesInOrder, mechanismsInOrder } from './value-notes';
import type { ValuePlace } from './value-place';
import { logLevels } from './values/log-rule';

interface Proposal {
  readonly label: string;
  readonly detail?: string;
  readonly kind?: CompletionKind;
  /** Something else is to be proposed behind it. */
  readonly again?: true;
  /** It takes the place of the whole value. */
  readonly whole?: true;
}

/** The part of a value that is being typed: `H` of `debug+:H`, the second host of a list. */
interface Part {
  readonly text: string;
  /** From the start of the value to this part. */
  readonly before: string;
  /** The rest of the value, behind the cursor. */
  readonly after: string;
}

/** Known values of an option, its default marked, in an order that makes sense. */
export function proposeValues(
  document: ConfDocument,
  place: ValuePlace,
  around: Surroundings,
): readonly CompletionItem[] {
  const { text } = document.source;
  const end = Math.max(place.end, place.offset);
  const typed = text.slice(place.start, place.offset).trimStart();
  const part = partOf(place.option, typed, text.slice(place.offset, end));
  // What follows another separator belongs to the next part.
  const where = span(
    place.offset - part.text.length,
    isList(place.option) ? endOfItem(text, place, end) : end,
  );
  const all = span(place.offset - typed.length, end);
  return proposalsFor(document, place.option, part, around).map(
    ({ label, detail, kind, again, whole }, index) => ({
      label,
      kind: kind ?? 'value',
      ...(detail === undefined ? {} : { detail }),
      edit: { span: whole ? all : where, newText: label },
      sortText: String(index).padStart(3, '0'),
      ...(again && { again }),
    }),
  );
}

function isList({ type }: Option): boolean {
  return type.kind === 'url';
}

function endOfItem(text: string, { offset }: ValuePlace, end: number): number {
  const comma = text.slice(offset, end).indexOf(',');
  return comma < 0 ? end : offset + comma;
}

function partOf({ type, name }: Option, typed: string, after: string): Part {
  const separator = separatorOf(type.kind, name);
  const last = separator === undefined ? -1 : lastOf(typed, separator);
  return { text: typed.slice(last + 1), before: typed.slice(0, last + 1), after };
}

function separatorOf(kind: Option['type']['kind'], name: string): RegExp | undefined {
  switch (kind) {
    case 'log-rule':
      return /:/g;
    case 'url':
      return /[,@]/g;
    case 'path':
      return /\//g;
    default:
      return name === 'ha-mechanism' ? /[ \t]/g : undefined;
  }
}

function lastOf(text: string, separator: RegExp): number {
  return Math.max(-1, ...[...text.matchAll(separator)].map(({ index }) => index));
}

function proposalsFor(
  document: ConfDocument,
  option: Option,
  part: Part,
  around: Surroundings,
): readonly Proposal[] {
  const { type, name } = option;
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return marked(option, ['yes', 'no']);
    case 'enum':
      return marked(option, unused(document, option, type.values));
    case 'log-rule':
      return part.before === '' ? levels(option) : noted(option, categoriesInOrder);
    case 'url':
      return hosts(part, around);
    case 'integer':
    case 'duration':
      return numbers(option);
    case 'string':
      if (name === 'ha-mechanism') return noted(option, mechanismsInOrder);
      return name === 'transport' ? marked(option, [...document.modules.transports]) : [];
    case 'path':
      return [...paths(document, option, around), ...entries(part.before, type.of, around)];
    case 'pattern':
      return [];
  }
}

function levels(option: Option): readonly Proposal[] {
  const standard = describeDefault(option);
  return logLevels.flatMap((level): readonly Proposal[] => [
    { label: `${level}+`, detail: `${level} and above${`${level}+` === standard ? ', the default' : ''}` },
    { label: level, detail: `${level} only` },
  ]);
}

/** Those that the value does not have yet. */
function hosts({ before, after }: Part, { hosts: known }: Surroundings): readonly Proposal[] {
  const written = new Set(
    `${before},${after.slice(after.includes(',') ? after.indexOf(',') : after.length)}`
      .split(/[,@]/)
      .map((member) =>
        member
          .replace(/^(?:tcp|ssl|rdma):/, '')
          .replace(/:\d*$/, '')
          .toLowerCase(),
      ),
  );
  const free = known().filter((host) => !written.has(host));
  const named = free.map(
    (host): Proposal => ({
      label: host.includes(':') ? `[${host}]` : host,
      detail: 'a host of this deployment',
      kind: 'broker',
    }),
  );
  return before === '' ? [...named, { label: 'none', detail: 'no URL' }] : named;
}

/** What is worth to be set, by the name of the option. */
const recommended: ReadonlyMap<string, string> = new Map([['link-heartbeat-interval', '5']]);

function numbers(option: Option): readonly Proposal[] {
  const wise = recommended.get(option.name);
  const standard = 'value' in option.default ? option.default.value : undefined;
  return [
    ...(wise === undefined ? [] : [{ label: wise, detail: 'a lost broker is noticed in seconds' }]),
    ...(standard === undefined ? [] : [{ label: standard, detail: 'default' }]),
  ];
}

/** Where distributions have what an option names. */
const customaryPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['data-dir', ['/var/lib/qpidd']],
  ['acl-file', ['/etc/qpid/qpidd.acl']],
  ['log-to-file', ['/var/log/qpidd.log']],
  ['pid-dir', ['/var/run/qpidd']],
  ['load-module', ['ha.so', 'amqp.so', 'linearstore.so'].map((file) => `/usr/lib64/qpid/daemon/${file}`)],
  ['module-dir', ['/usr/lib64/qpid/daemon']],
]);

function paths(document: ConfDocument, option: Option, around: Surroundings): readonly Proposal[] {
  const found = option.type.kind === 'path' && option.type.of === 'module' ? around.modules() : [];
  const all = found.length > 0 ? found : (customaryPaths.get(option.name) ?? []);
  const detail = found.length > 0 ? undefined : 'customary';
  return unused(document, option, all).map((label) => ({
    label,
    kind: 'file',
    whole: true,
    ...(detail === undefined ? {} : { detail }),
  }));
}

function entries(
  directory: string,
  wanted: 'file' | 'directory' | 'module',
  { list }: Surroundings,
): readonly Proposal[] {
  if (!directory.startsWith('/')) return [];
  return list(directory).flatMap(({ name, isFolder }): readonly Proposal[] => {
    if (/[#\0-\x1f]/.test(name)) return [];
    if (isFolder) return [{ label: `${name}/`, kind: 'file', again: true }];
    const fits = wanted === 'file' || (wanted === 'module' && name.endsWith('.so'));
    return fits ? [{ label: name, kind: 'file' }] : [];
  });
}

/** Without the words that other lines of a repeatable option have. */
function unused(document: ConfDocument, option: Option, values: readonly string[]): readonly string[] {
  if (option.repeatable !== true) return values;
  const used = new Set(settingsOf(document, option.name).map(({ text }) => text));
  const free = values.filter((value) => !used.has(value));
  return free.length > 0 ? free : values;
}

function noted(option: Option, values: readonly string[]): readonly Proposal[] {
  return values.map((label) => {
    const detail = briefNoteOn(option, label);
    return detail === undefined ? { label } : { label, detail };
  });
}

function marked(option: Option, values: readonly string[]): readonly Proposal[] {
  const standard = describeDefault(option).replace(/^LOG_/, '');
  return noted(option, values).map(({ label, detail }) => {
    if (label !== standard) return { label, ...(detail === undefined ? {} : { detail }) };
    return { label, detail: detail === undefined ? 'default' : `default: ${detail}` };
  });
}
