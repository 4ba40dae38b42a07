import { ruleLine, rulePageOf } from '../../lint/rule-page';
import type { RemovedOption } from '../../qpidd-conf/catalogue';
import { optionMarkdown, removedMarkdown } from '../../qpidd-conf/markdown';
import { optionFacts } from '../../qpidd-conf/option-facts';
import { knowledgeJson } from '../../report/knowledge-json';
import { terminalRulePage } from '../../report/rule-page';
import { ruleTable } from '../../report/rule-table';
import { terminalMarkdown } from '../../report/terminal-markdown';
import { visible } from '../../report/visible';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { type Subject, subjectOf } from './subjects';

/** Longer lines are hard to read; where there is no terminal, this is the width of one. */
const widest = 100;
const usual = 80;

type KnownSubject = Exclude<Subject, { readonly kind: 'unknown' }>;

/** `qpidha explain NAME…`: rules, areas of rules, and options of the broker. Throws `UsageError`. */
export function explainCommand(
  words: readonly string[],
  { json }: { readonly json: boolean },
  terminal: Terminal,
): number {
  const subjects = words.map(knownSubject);
  terminal.out(
    json
      ? jsonOf(subjects)
      : subjects.map((subject) => explanation(subject, terminal)).join(separator(terminal)),
  );
  return exitCode.ok;
}

function knownSubject(word: string): KnownSubject {
  const subject = subjectOf(word);
  if (subject.kind !== 'unknown') return subject;
  if (word === 'file/not-read')
    throw new UsageError(
      '"file/not-read" is no rule.',
      'It says of a file that it could not be read, so that no rule has seen it, and cannot be hidden.',
    );
  const [near, ...others] = subject.near;
  throw new UsageError(
    `There is no rule and no option "${visible(word)}".`,
    near === undefined
      ? 'All rules: qpidha rules'
      : `Did you mean ${[near, ...others].map((name) => `"${name}"`).join(' or ')}?`,
  );
}

function explanation(subject: KnownSubject, terminal: Terminal): string {
  const { outColors: colors, outLink: link, outWidth } = terminal;
  const width = Math.min(outWidth ?? usual, widest);
  const markdown = (text: string) => `${terminalMarkdown(text, { width, indent: 0, colors })}\n`;
  switch (subject.kind) {
    case 'rule':
      return terminalRulePage(rulePageOf(subject.rule), { width, colors, link });
    case 'area':
      return ruleTable(subject.rules.map(ruleLine), { width: outWidth, colors, link });
    case 'option':
      return markdown(optionMarkdown(subject.option));
    case 'removed-option':
      return markdown(removedMarkdown(subject.removed));
  }
}

function separator({ outColors: { dim } }: Terminal): string {
  return `\n${dim('─'.repeat(40))}\n\n`;
}

function jsonOf(subjects: readonly KnownSubject[]): string {
  const rules = subjects.flatMap((subject) => {
    if (subject.kind === 'rule') return [rulePageOf(subject.rule)];
    return subject.kind === 'area' ? subject.rules.map(rulePageOf) : [];
  });
  const options = subjects.flatMap((subject) =>
    subject.kind === 'option' ? [optionFacts(subject.option)] : [],
  );
  const removed: readonly RemovedOption[] = subjects.flatMap((subject) =>
    subject.kind === 'removed-option' ? [subject.removed] : [],
  );
  return knowledgeJson({ rules, options, removed });
}
