import type { FileSettings } from '../config/levels';
import { describeLimits, fits } from '../config/policy/limits';
import type { PolicyEntry, PolicyTable, ValueLimits } from '../config/policy/model';
import type { Option } from '../qpidd-conf/catalogue';
import { quoted } from '../qpidd-conf/describe';
import { placeOf } from '../qpidd-conf/ha';
import { type ConfDocument, type Setting, settingsOf } from '../qpidd-conf/model';
import type { Release } from '../qpidd-conf/release';
import { existsIn, formerName } from '../qpidd-conf/release-history';
import { removal, reportEach } from '../qpidd-conf/rules/report';
import type { Fix, RelatedLocation } from '../text/finding';
import type { FindingDraft, Reporter } from '../text/rule';
import { type Span, span } from '../text/span';
import { firstLine } from './members';
import type { Project } from './project';
import { addOptions, setOption } from './set-option';

/** What a file has against the policy that holds for it. */
interface Judgement {
  readonly required: readonly FindingDraft[];
  readonly forbidden: readonly FindingDraft[];
  readonly value: readonly FindingDraft[];
}

/** Reports what the files of a project have against their policies. */
export function reportPolicy(project: Project, part: keyof Judgement, report: Reporter): void {
  for (const [uri, conf] of project.confs) {
    if (!project.reported.has(uri)) continue;
    const { policy } = project.settingsFor(uri);
    if (policy.length > 0) judged(conf, policy)[part].forEach(report);
  }
}

/** A policy as it could be written, each entry with the configuration in which it stands. */
export function policyInWords({ policy }: Pick<FileSettings, 'policy'>) {
  return policy.map(({ kind, option, limits: { values, patterns, min, max }, because, level, uri }) => ({
    [kind]: option.name,
    ...(values.length > 0 && { values: values.map(({ text }) => text) }),
    ...(patterns.length > 0 && { match: patterns }),
    ...(min !== undefined && { min: min.text }),
    ...(max !== undefined && { max: max.text }),
    ...(because !== undefined && { because }),
    ...(level !== undefined && { level }),
    uri,
  }));
}

/** A file is judged once, as long as neither it nor its policy changes. */
const judgements = new WeakMap<
  ConfDocument,
  { readonly policy: PolicyTable; readonly judgement: Judgement }
>();

function judged(conf: ConfDocument, policy: PolicyTable): Judgement {
  const known = judgements.get(conf);
  if (known !== undefined && isSame(known.policy, policy)) return known.judgement;
  const judgement = judge(conf, policy);
  judgements.set(conf, { policy, judgement });
  return judgement;
}

function isSame(one: PolicyTable, other: PolicyTable): boolean {
  return (
    one === other || (one.length === other.length && one.every((entry, index) => entry === other[index]))
  );
}

function judge(conf: ConfDocument, policy: PolicyTable): Judgement {
  if (conf.notText !== undefined) return { required: [], forbidden: [], value: [] };
  const missing = policy.filter((entry) => entry.kind === 'require' && isMissing(conf, entry));
  return {
    required: missingOptions(conf, missing),
    forbidden: policy.filter(({ kind }) => kind === 'forbid').flatMap((entry) => forbidden(conf, entry)),
    value: policy.flatMap((entry) => wrongValues(conf, entry)),
  };
}

/** Of an option that may stand on several lines one has to do, of any other the one that there is may be wrong. */
function isMissing(conf: ConfDocument, { option, limits }: PolicyEntry): boolean {
  const { release, truncated } = conf;
  // A broker that does not have it cannot be told, and behind too many odd lines it may stand all the same.
  if (truncated || (!existsIn(option, release) && !hasFormerName(option, release))) return false;
  const settings = settingsOf(conf, option.name);
  if (settings.length === 0 || option.repeatable !== true) return settings.length === 0;
  return !settings.some((setting) => isUnreadable(setting) || doesFit(limits, setting));
}

function hasFormerName(option: Option, release: Release | undefined): boolean {
  return release !== undefined && formerName(option, release) !== undefined;
}

function missingOptions(conf: ConfDocument, missing: readonly PolicyEntry[]): readonly FindingDraft[] {
  if (missing.length === 0) return [];
  const certain = missing.flatMap(({ option: { name }, limits: { values } }) => {
    const [only, ...others] = values;
    return only === undefined || others.length > 0 ? [] : [{ option: name, text: only.text }];
  });
  const added = addOptions(conf, certain);
  const at = firstContent(conf);
  return missing.map((entry) => {
    const { name, repeatable } = entry.option;
    const wanted = describeLimits(entry.limits);
    const hasOthers = repeatable === true && settingsOf(conf, name).length > 0;
    const demand = wanted === undefined ? `"${name}"` : `"${name}" to be ${wanted}`;
    const complaint = hasOthers ? 'no line of this file says so' : 'this file does not set it';
    const fix = added?.options.has(name) ? added.fix : undefined;
    return draft(conf, entry, at, `The policy requires ${demand}, and ${complaint}`, fix);
  });
}

/** For what is written nowhere: the first line that says something, which is cheaper to find than the first setting. */
function firstContent(conf: ConfDocument): Span {
  const { text } = conf.source;
  const line = /^[ \t]*[^\s#\ufeff][^\r\n]*/m.exec(text);
  if (line === null) return firstLine(conf);
  const end = line.index + line[0].trimEnd().length;
  return span(end - line[0].trim().length, end);
}

function forbidden(conf: ConfDocument, entry: PolicyEntry): readonly FindingDraft[] {
  return forEach(conf, settingsOf(conf, entry.option.name), ({ line }) => {
    const fix: Fix = { title: 'Remove the line', edits: [removal(conf, line)], onRequest: true };
    return draft(conf, entry, line.span, `The policy forbids "${entry.option.name}"`, fix);
  });
}

/** One for each setting, as long as they are not very many. */
function forEach(
  conf: ConfDocument,
  settings: readonly Setting[],
  draftOf: (setting: Setting) => FindingDraft,
): readonly FindingDraft[] {
  const drafts: FindingDraft[] = [];
  reportEach(conf, (one) => drafts.push(one), settings, draftOf);
  return drafts;
}

function wrongValues(conf: ConfDocument, entry: PolicyEntry): readonly FindingDraft[] {
  const { kind, option, limits } = entry;
  const wanted = describeLimits(limits);
  // Of an option that may stand several times others may stand beside the one that is required.
  if (kind === 'forbid' || wanted === undefined || (kind === 'require' && option.repeatable === true))
    return [];
  const wrong = settingsOf(conf, option.name).filter(
    (setting) => !isUnreadable(setting) && !doesFit(limits, setting),
  );
  return forEach(conf, wrong, (setting) => {
    const message = `The policy wants "${option.name}" to be ${wanted}, and it is ${shown(setting)}`;
    return draft(conf, entry, placeOf(setting), message, replacement(conf, entry, setting));
  });
}

function replacement(
  conf: ConfDocument,
  { option, limits }: PolicyEntry,
  { understood }: Setting,
): Fix | undefined {
  const { values, patterns, min, max } = limits;
  const [only, ...others] = values;
  if (only !== undefined) return others.length > 0 ? undefined : setOption(conf, option.name, only.text);
  const bound = [min, max].find(
    (one) => one !== undefined && !fits({ ...limits, ...onlyOf(one, min) }, understood, ''),
  );
  if (bound === undefined || patterns.length > 0) return undefined;
  const fix = setOption(conf, option.name, bound.text);
  return fix && { ...fix, onRequest: true };
}

/** One bound alone. */
function onlyOf(bound: ValueLimits['min'], min: ValueLimits['min']): Pick<ValueLimits, 'min' | 'max'> {
  return bound === min ? { min, max: undefined } : { min: undefined, max: bound };
}

/** A value that the broker refuses is a finding of its own. */
function isUnreadable({ understood }: Setting): boolean {
  return understood.kind === 'invalid';
}

function doesFit(limits: ValueLimits, { understood, text }: Setting): boolean {
  return fits(limits, understood, text);
}

/** Never with what may be a login. */
function shown({ option, text }: Setting): string {
  if (text === '') return 'empty';
  return option.secret === true || (option.type.kind === 'url' && text.includes('@'))
    ? 'another'
    : quoted(text);
}

function draft(
  conf: ConfDocument,
  { because, level, uri, name }: PolicyEntry,
  at: Span,
  message: string,
  fix: Fix | undefined,
): FindingDraft {
  const related: readonly RelatedLocation[] = [{ uri, span: name.span, message: 'The policy says so.' }];
  return {
    uri: conf.source.uri,
    span: at,
    message: `${message}${because === undefined ? '' : `: ${because}`}.`,
    related,
    ...(level !== undefined && { severity: level }),
    ...(fix !== undefined && { fix }),
  };
}
