import { type ConfDocument, parseConf, settingsOf } from '../qpidd-conf/model';
import { confRules } from '../qpidd-conf/rules';
import { documentWithText } from '../text/document';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Finding, Fix } from '../text/finding';
import { runRule } from '../text/rule';
import { type Span, span } from '../text/span';

/**
 * The fix that gives an option a value in a file; undefined where that would bring up what another rule reports, or
 * leave open what is then read.
 */
export function setOption(conf: ConfDocument, option: string, text: string): Fix | undefined {
  const { uri } = conf.source;
  const settings = settingsOf(conf, option);
  const [setting] = settings;
  if (settings.length > 1 || !isOneValue(text) || conf.truncated) return undefined;
  if (setting !== undefined && (setting.line.kind !== 'setting' || setting.text.includes('\r')))
    return undefined;
  const edit =
    setting === undefined
      ? appendedLine(conf.source.text, `${option}=${text}`)
      : { span: setting.value, newText: text };
  const edits = [{ uri, ...edit }];
  if (!isHarmless(conf, [{ option, text }], edits, findingKeys(conf))) return undefined;
  return { title: `${setting === undefined ? 'Add' : 'Change it to'} "${option}=${text}"`, edits };
}

/** An option with the value that it is to have. */
export interface OptionLine {
  readonly option: string;
  readonly text: string;
}

/**
 * One fix that adds lines at the end of a file, for as many options as can be added without bringing up what another
 * rule reports; undefined where none can.
 */
export function addOptions(
  conf: ConfDocument,
  lines: readonly OptionLine[],
): { readonly options: ReadonlySet<string>; readonly fix: Fix } | undefined {
  const { uri, text: file } = conf.source;
  if (conf.truncated || lines.length === 0) return undefined;
  const before = findingKeys(conf);
  const editsFor = (some: readonly OptionLine[]) => {
    const added = some.map(({ option, text }) => `${option}=${text}`).join(lineEndOf(file));
    return [{ uri, ...appendedLine(file, added) }];
  };
  const possible = lines.filter(({ text }) => isOneValue(text));
  const added = addable(possible, (some) => isHarmless(conf, some, editsFor(some), before));
  const [first, ...others] = added;
  if (first === undefined) return undefined;
  const only = `${first.option}=${first.text}`;
  const title = others.length === 0 ? `Add "${only}"` : `Add "${only}" and ${others.length} more`;
  return {
    options: new Set(added.map(({ option }) => option)),
    fix: { title, edits: editsFor(added) },
  };
}

/** As many as go together; most often all of them do. */
function addable(
  lines: readonly OptionLine[],
  areFine: (some: readonly OptionLine[]) => boolean,
): readonly OptionLine[] {
  if (areFine(lines)) return lines;
  const fine: OptionLine[] = [];
  for (const line of lines) if (areFine([...fine, line])) fine.push(line);
  return fine;
}

function lineEndOf(text: string): string {
  return text[text.lastIndexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

/** Ends the file as it ended before: with the same line end, or without one. */
export function appendedLine(text: string, line: string): { readonly span: Span; readonly newText: string } {
  const at = span(text.length, text.length);
  const lineEnd = lineEndOf(text);
  if (text === '' || text.endsWith('\n')) return { span: at, newText: line + lineEnd };
  return { span: at, newText: lineEnd + line };
}

/** @param before what was reported of the file as it was. */
function isHarmless(
  conf: ConfDocument,
  lines: readonly OptionLine[],
  edits: readonly TextEdit[],
  before: ReadonlySet<string>,
): boolean {
  const after = parseConf(
    documentWithText(conf.source, applyEdits(conf.source.text, edits)),
    conf.release,
    conf,
  );
  const isThere = ({ option, text }: OptionLine) =>
    settingsOf(after, option).some((setting) => setting.text === text);
  return lines.every(isThere) && [...findingKeys(after)].every((key) => before.has(key));
}

function findingKeys(conf: ConfDocument): ReadonlySet<string> {
  return new Set(findingsIn(conf).map(keyOf));
}

/** What can stand behind `=` as one value, all of it. */
function isOneValue(text: string): boolean {
  return !/[\r\n#]/.test(text);
}

function findingsIn(conf: ConfDocument): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of confRules) runRule(rule, conf, findings);
  return findings;
}

function keyOf({ rule, severity, message }: Finding): string {
  return `${rule} ${severity} ${message}`;
}
