import type { CompletionItem } from '../text/features';
import { span } from '../text/span';
import type { Option } from './catalogue';
import { describeDefault } from './describe';
import { type ConfDocument, settingsOf } from './model';
import type { ValuePlace } from './value-place';
import { logCategories, logLevels } from './values/log-rule';

interface Proposal {
  readonly label: string;
  readonly detail?: string;
}

/** Mechanisms that Cyrus SASL may offer; which of them a broker has depends on its plugins. */
const mechanisms: readonly Proposal[] = [
  { label: 'PLAIN', detail: 'password in clear text: use SSL' },
  { label: 'SCRAM-SHA-256' },
  { label: 'SCRAM-SHA-1' },
  { label: 'DIGEST-MD5' },
  { label: 'CRAM-MD5' },
  { label: 'GSSAPI', detail: 'Kerberos' },
  { label: 'EXTERNAL', detail: 'client certificate' },
  { label: 'ANONYMOUS', detail: 'no authentication' },
];

/** Full paths of modules that could be loaded; asked for only where they matter. */
export type FindModules = () => readonly string[];

/** Known values of an option, its default marked, in an order that makes sense. */
export function proposeValues(
  document: ConfDocument,
  place: ValuePlace,
  findModules: FindModules,
): readonly CompletionItem[] {
  const { option } = place;
  const { text } = document.source;
  const typed = text.slice(place.start, place.offset).trimStart();
  const colon = option.type.kind === 'log-rule' ? typed.indexOf(':') : -1;
  const from = place.offset - (colon < 0 ? typed.length : typed.length - colon - 1);
  const where = span(from, Math.max(place.end, place.offset));
  const proposals: readonly Proposal[] =
    colon < 0 ? valuesOf(document, option, findModules) : logCategories.map((label) => ({ label }));
  return proposals.map(({ label, detail }, index) => ({
    label,
    kind: 'value',
    ...(detail === undefined ? {} : { detail }),
    edit: { span: where, newText: label },
    sortText: String(index).padStart(3, '0'),
  }));
}

function valuesOf(document: ConfDocument, option: Option, findModules: FindModules): readonly Proposal[] {
  const { type } = option;
  switch (type.kind) {
    case 'boolean':
    case 'switch':
      return marked(option, ['yes', 'no']);
    case 'enum':
      return marked(option, unused(document, option, type.values));
    case 'log-rule':
      return logLevels.flatMap((level) => [
        { label: `${level}+`, detail: `${level} and above` },
        { label: level, detail: `${level} only` },
      ]);
    case 'url':
      return [{ label: 'none', detail: 'no URL' }];
    case 'integer':
    case 'duration':
      return 'value' in option.default ? [{ label: option.default.value, detail: 'default' }] : [];
    case 'string':
      if (option.name === 'ha-mechanism') return mechanisms;
      return option.name === 'transport' ? marked(option, [...document.modules.transports]) : [];
    case 'path':
      if (type.of !== 'module') return [];
      return unused(document, option, findModules()).map((label) => ({ label }));
    case 'pattern':
      return [];
  }
}

/** Without the words that other lines of a repeatable option have. */
function unused(document: ConfDocument, option: Option, values: readonly string[]): readonly string[] {
  if (option.repeatable !== true) return values;
  const used = new Set(settingsOf(document, option.name).map(({ text }) => text));
  const free = values.filter((value) => !used.has(value));
  return free.length > 0 ? free : values;
}

function marked(option: Option, values: readonly string[]): readonly Proposal[] {
  const standard = describeDefault(option).replace(/^LOG_/, '');
  return values.map((label) => (label === standard ? { label, detail: 'default' } : { label }));
}
