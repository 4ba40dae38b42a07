import { relativePath } from '../project/uris';
import { findOption, isBrokerOption } from '../qpidd-conf/catalogue';
import { describeSource, type EffectiveSetting } from '../qpidd-conf/effective';
import { defaultInWords, shownValue } from '../report/effective';
import { mask, withoutSecrets } from '../report/mask';
import { visible } from '../report/visible';
import type { DocumentUri } from '../text/document';
import type { Finding } from '../text/finding';
import { isMeantBy } from './known-names';
import type {
  FindingsExpectation,
  OptionValues,
  ScenarioTest,
  StartExpectation,
  TestDocument,
} from './model';
import { effectiveOf, refusals, type Start } from './refusals';
import { uriIn } from './resolve';
import type { Failure } from './result';
import { hasValues } from './same-value';
import type { WhatIf } from './what-if';

/** What of a test does not hold, in the order in which a file of tests tells it. */
export function failuresOf(
  document: TestDocument,
  { expect }: ScenarioTest,
  whatIf: WhatIf,
): readonly Failure[] {
  const uri = (file: ScenarioTest['name']) => uriIn(document, file);
  const inFile = (file: DocumentUri) => whatIf.findings.filter((finding) => finding.uri === file);
  const shownName = (file: DocumentUri) => relativePath(document.source.uri, file);
  const failures: Failure[] = [
    ...expect.starts.flatMap((start) => startFailure(start, whatIf.startOf(uri(start.file)))),
    ...expect.effective.flatMap(({ file, options }) => {
      const start = whatIf.startOf(uri(file));
      const { settings } = effectiveOf(start);
      return options.flatMap((option) => valueFailure(file.value, option, settings));
    }),
    ...expect.findings.flatMap((one) => findingFailures(one, inFile(uri(one.file)))),
    ...expect.noFindings.flatMap((name) => {
      const found = whatIf.findings.filter(({ rule }) => isMeantBy(name.value, rule));
      if (found.length === 0) return [];
      return [
        {
          span: name.span,
          subject: name.value,
          expected: 'no findings',
          found: counted(found.length),
          notes: firstOf(found.map((finding) => `${shownName(finding.uri)}: ${toldOf(finding)}`)),
        },
      ];
    }),
  ];
  return failures.sort((a, b) => a.span.start - b.span.start);
}

function startFailure({ file, starts, span }: StartExpectation, start: Start): readonly Failure[] {
  const reasons = refusals(start);
  if (starts === (reasons.length === 0)) return [];
  const words = (answer: boolean) => (answer ? 'the broker starts' : 'the broker refuses to start');
  return [
    {
      span,
      subject: file.value,
      expected: words(starts),
      found: words(!starts),
      notes: firstOf(reasons.map(visible)),
    },
  ];
}

function valueFailure(
  file: string,
  { option, values, span }: OptionValues,
  settings: readonly EffectiveSetting[],
): readonly Failure[] {
  const setting = settings.find((one) => one.option.name === option.value);
  if (setting !== undefined && hasValues(setting, values)) return [];
  const known = findOption(option.value);
  const isSecret = known !== undefined && isBrokerOption(known) && known.secret === true;
  const shown = (text: string) => (text === '' ? '(empty)' : isSecret ? mask : visible(withoutSecrets(text)));
  const expected = values.length === 0 ? '(none)' : values.map(shown).join(', ');
  const notes = setting === undefined ? ['The broker does not load the module that has this option.'] : [];
  return [
    {
      span,
      subject: `${file}: ${option.value}`,
      expected,
      found: setting === undefined ? '(none)' : foundValue(setting),
      notes,
    },
  ];
}

function foundValue(setting: EffectiveSetting): string {
  const { option, values } = setting;
  if (values.length === 0) return `(${defaultInWords(option)})`;
  return values.map((value) => `${shownValue(option, value)} (${describeSource(value.source)})`).join(', ');
}

function findingFailures(
  { file, rules, exactly }: FindingsExpectation,
  findings: readonly Finding[],
): readonly Failure[] {
  const found = [...new Set(findings.map(({ rule }) => rule))];
  const all = found.length === 0 ? 'no findings' : found.join(', ');
  const missing = rules
    .filter(({ value }) => !found.some((rule) => isMeantBy(value, rule)))
    .map(({ value, span }) => ({
      span,
      subject: file.value,
      expected: `a finding of ${value}`,
      found: all,
      notes: [],
    }));
  const surplus = exactly ? findings.filter(({ rule }) => !rules.some(({ value }) => value === rule)) : [];
  if (surplus.length === 0) return missing;
  const expected = rules.length === 0 ? 'no findings' : `only ${rules.map(({ value }) => value).join(', ')}`;
  return [
    ...missing,
    { span: file.span, subject: file.value, expected, found: all, notes: firstOf(surplus.map(toldOf)) },
  ];
}

/** Notes of one failure: what is more is counted. */
const maximumNotes = 10;

function firstOf(notes: readonly string[]): readonly string[] {
  const more = notes.length - maximumNotes;
  return more <= 0 ? notes : [...notes.slice(0, maximumNotes), `and ${more} more`];
}

function toldOf({ rule, message }: Finding): string {
  return `${rule}: ${visible(message)}`;
}

function counted(findings: number): string {
  return findings === 1 ? 'a finding' : `${findings} findings`;
}
