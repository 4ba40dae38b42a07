import { findOption } from '../qpidd-conf/catalogue';
import { quoted } from '../qpidd-conf/describe';
import { meantTextOf } from '../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../qpidd-conf/model';
import { readValue, type Value } from '../qpidd-conf/values/value';
import type { RelatedLocation } from '../text/finding';
import type { FindingDraft } from '../text/rule';
import { nameOf, placeOfOption } from './members';
import type { Outlier } from './outliers';
import { setOption } from './set-option';

/** The value of an option, set or by default, spelled one way; undefined where the broker would refuse it. */
export function spelledValue(conf: ConfDocument, option: string): string | undefined {
  const setting = settingOf(conf, option);
  const value = setting === undefined ? defaultOf(conf, option) : setting.understood;
  switch (value?.kind) {
    case 'boolean':
      return value.value ? 'yes' : 'no';
    case 'integer':
      return String(value.value);
    case 'duration':
      return String(value.seconds);
    case 'enum':
      return value.value;
    case 'text':
      return meantTextOf(conf, option);
    case 'url':
    case 'log-rule':
    case 'invalid':
    case undefined:
      return undefined;
  }
}

function defaultOf(conf: ConfDocument, name: string): Value | undefined {
  const option = findOption(name);
  return option !== undefined && 'value' in option.default
    ? readValue(option.type, option.default.value, conf.modules.transports)
    : undefined;
}

/** An option of which a member has another value than the others. */
export interface OptionOutlier {
  readonly option: string;
  readonly outlier: Outlier<string>;
  /** What it leads to, as the end of a sentence. */
  readonly consequence: string;
}

/** What is said of it, with the fix that copies the value where all others agree. */
export function optionDiffers({ option, outlier, consequence }: OptionOutlier): FindingDraft {
  const { member, reference, alone } = outlier;
  const { conf } = member;
  const [here, there] = [conf, reference.conf].map((one) => shown(one, option));
  const fix = alone ? copied(outlier, option) : undefined;
  return {
    uri: conf.source.uri,
    span: placeOfOption(conf, option),
    message: `"${option}" is ${here} here and ${there} in ${nameOf(reference)}: ${consequence}.`,
    related: [otherMember(outlier, option)],
    ...(fix && { fix }),
  };
}

function otherMember({ reference }: Pick<Outlier<unknown>, 'reference'>, option: string): RelatedLocation {
  const { conf } = reference;
  return {
    uri: conf.source.uri,
    span: placeOfOption(conf, option),
    message: `Another member of the cluster: "${option}" is ${shown(conf, option)}.`,
  };
}

function copied({ member, reference }: Outlier<string>, option: string) {
  const text = settingOf(reference.conf, option)?.text;
  return text === undefined ? undefined : setOption(member.conf, option, text);
}

function shown(conf: ConfDocument, option: string): string {
  const setting = settingOf(conf, option);
  const definition = setting?.option ?? findOption(option);
  if (definition?.secret === true) return setting === undefined ? 'not set' : 'set';
  if (setting !== undefined) return setting.text === '' ? 'empty' : quoted(setting.text);
  const byDefault = definition !== undefined && 'value' in definition.default ? definition.default.value : '';
  return byDefault === '' ? 'not set' : `${quoted(byDefault)} by default`;
}
