import type { DocumentUri, SourceDocument } from '../../text/document';
import type { Finding } from '../../text/finding';
import { nearest } from '../../text/nearest';
import type { Span } from '../../text/span';
import { lineAround, type PlacedDirective, type SuppressionComment } from './comment';
import { isPast } from './expiry';
import { FileSuppressions, type SuppressionPolicy } from './file';
import type { JudgedComment, JudgedFile, JudgedName, NameState } from './judged';
import { covers, isArea } from './names';

/** A finding that a comment hides: no report counts it, and some list it. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** The comment, in the file of the finding. */
  readonly comment: Span;
  /** Why, in the words of the comment; empty where it does not say. */
  readonly reason: string;
  /** The last day of it, in UTC. */
  readonly until?: string;
}

/** A file that has directives. */
export interface SuppressingFile {
  readonly source: SourceDocument;
  readonly directives: readonly PlacedDirective[];
  /** All verbs that mean something here; left out where a rule of the language judges them. */
  readonly verbs?: readonly string[];
  /** Whether enough was seen to say that there is nothing for this rule, or area, to find. */
  decided(name: string): boolean;
}

export interface SuppressionOptions extends SuppressionPolicy {
  readonly knownRules: ReadonlySet<string>;
}

export interface Suppression {
  readonly shown: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly judged: readonly JudgedFile[];
}

/** Parts the findings into those that remain and those that comments hide, and judges the comments. */
export function applySuppressions(
  findings: readonly Finding[],
  files: readonly SuppressingFile[],
  options: SuppressionOptions,
): Suppression {
  if (files.length === 0) return { shown: findings, suppressed: [], judged: [] };
  const byFile = new Map<DocumentUri, readonly [SuppressingFile, FileSuppressions]>();
  for (const file of files) {
    byFile.set(file.source.uri, [file, new FileSuppressions(file.source, file.directives, options)]);
  }
  const shown: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const [file, suppressions] = byFile.get(finding.uri) ?? [];
    const comment =
      file && suppressions?.hiding(finding, lineAround(file.source.text, finding.span.start).start);
    if (comment === undefined) shown.push(finding);
    else suppressed.push(hidden(finding, comment));
  }
  const judged = [...byFile.values()].map(([file, suppressions]) => judge(file, suppressions, options));
  return { shown, suppressed, judged };
}

function hidden(finding: Finding, { directive, reason, expiry }: SuppressionComment): SuppressedFinding {
  const until = expiry?.valid === true ? { until: expiry.date } : {};
  return { finding, comment: directive.comment, reason, ...until };
}

function judge(
  file: SuppressingFile,
  { comments, used, ended }: FileSuppressions,
  options: SuppressionOptions,
): JudgedFile {
  const judgeComment = (comment: SuppressionComment): JudgedComment => {
    const expired = comment.expiry !== undefined && isPast(comment.expiry, options.today);
    const seen = new Set<string>();
    const names = comment.names.map((name): JudgedName => {
      const idle = expired || (comment.verb === 'disable-line' && comment.directive.alone);
      const state = stateOf(name.text, file.source.uri, options) ?? (idle ? 'open' : undefined);
      const repeated = seen.has(name.text);
      seen.add(name.text);
      if (state === 'unknown') return withMeant(name, options.knownRules);
      if (state !== undefined) return { ...name, state };
      const isUsed = !repeated && used.get(comment)?.has(name.text) === true;
      if (isUsed) return { ...name, state: 'used' };
      const decided = comment.verb === 'enable' || repeated || file.decided(name.text);
      return { ...name, state: decided ? 'unused' : 'open' };
    });
    return { ...comment, names, expired, ends: [...(ended.get(comment) ?? [])] };
  };
  return { source: file.source, comments: comments.map(judgeComment), strangers: strangersIn(file) };
}

function strangersIn({ directives, verbs }: SuppressingFile): readonly PlacedDirective[] {
  return verbs === undefined ? [] : directives.filter(({ verb }) => !verbs.includes(verb.text));
}

function stateOf(
  name: string,
  file: DocumentUri,
  { knownRules, mayHide }: SuppressionOptions,
): NameState | undefined {
  const matching = [...knownRules].filter((rule) => covers(name, rule));
  if (matching.length === 0) return 'unknown';
  return matching.every((rule) => !mayHide(rule, file)) ? 'refused' : undefined;
}

function withMeant(name: JudgedName | Omit<JudgedName, 'state'>, rules: ReadonlySet<string>): JudgedName {
  const areas = new Set([...rules].map((rule) => `${rule.slice(0, rule.indexOf('/'))}/*`));
  const meant = nearest(name.text, isArea(name.text) ? areas : rules) ?? namedAlone(name.text, rules);
  return { ...name, state: 'unknown', ...(meant === undefined ? {} : { meant }) };
}

/** `unknown-option` without its area. */
function namedAlone(name: string, rules: ReadonlySet<string>): string | undefined {
  return [...rules].find((rule) => rule.slice(rule.indexOf('/') + 1) === name.slice(name.indexOf('/') + 1));
}
