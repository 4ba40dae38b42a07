import { readDirective, suppressionVerbs, type Words, wordsOf } from '../../text/directive';
import type { CompletionItem, Hover } from '../../text/features';
import { type Span, span, touches } from '../../text/span';
import { allRules, type RuleDescription } from '../all-rules';
import { rulePageUrl } from '../rule-page-url';
import { canBeHidden, covers, isArea } from './names';

/** What a verb of a directive does, and, where its argument is one of a few words, those. */
export interface VerbDescription {
  readonly verb: string;
  /** One line, no full stop. */
  readonly summary: string;
  readonly words?: readonly string[];
}

const summaries: Readonly<Record<(typeof suppressionVerbs)[number], string>> = {
  'disable-next-line': 'hides findings on the next line',
  'disable-line': 'hides findings on this line, behind what stands there',
  disable: 'hides findings from here on, up to "enable"',
  enable: 'ends what "disable" began',
  'disable-file': 'hides findings in the whole file',
};

/** The verbs that every language has. */
export const verbsOfSuppression: readonly VerbDescription[] = suppressionVerbs.map((verb) => ({
  verb,
  summary: summaries[verb],
}));

export interface CommentPlace {
  readonly text: string;
  /** From its `#` to the end of the line. */
  readonly comment: Span;
  readonly offset: number;
  readonly verbs: readonly VerbDescription[];
}

const mark = 'qpidha';

/** What may be written into a comment to the linter; rules that found something come first. */
export function proposeInComment(place: CommentPlace, found: ReadonlySet<string>): readonly CompletionItem[] {
  const { text, comment, offset, verbs } = place;
  const before = text.slice(comment.start, offset);
  const opening = /^#+[ \t]*([a-z]+)$/i.exec(before)?.[1];
  if (opening !== undefined) return mark.startsWith(opening.toLowerCase()) ? openings(place, opening) : [];
  const verb = /^#+[ \t]*qpidha[ \t]*:[ \t]*([\w-]*)$/i.exec(before)?.[1];
  if (verb !== undefined) {
    return verbs.map((one) => ({
      ...verbItem(one),
      edit: { span: wordAt(place, verb), newText: `${one.verb} ` },
    }));
  }
  const argument = /^#+[ \t]*qpidha[ \t]*:[ \t]*([\w-]+)[ \t]+((?:(?!(?<=[ \t])--[ \t]).)*)$/i.exec(before);
  const known = verbs.find((one) => one.verb === argument?.[1]);
  if (known === undefined) return [];
  const typed = /[\w/*.-]*$/.exec(argument?.[2] ?? '')?.[0] ?? '';
  const where = wordAt(place, typed);
  if (known.words !== undefined)
    return known.words.map((word, index) => wordItem(word, where, String(index).padStart(3, '0')));
  if (!isSuppression(known.verb)) return [];
  const named = new Set(wordsBefore(place, where));
  return ruleItems(where, found).filter(({ label }) => !named.has(label));
}

function openings(place: CommentPlace, opening: string): readonly CompletionItem[] {
  return place.verbs.map((one) => {
    const label = `${mark}: ${one.verb}`;
    return { ...verbItem(one), label, edit: { span: wordAt(place, opening), newText: `${label} ` } };
  });
}

function verbItem({ verb, summary }: VerbDescription): Omit<CompletionItem, 'edit'> {
  return { label: verb, kind: 'key', detail: summary, again: true };
}

function wordItem(label: string, where: Span, sortText: string): CompletionItem {
  return { label, kind: 'value', edit: { span: where, newText: label }, sortText };
}

function isSuppression(verb: string): boolean {
  return suppressionVerbs.some((known) => known === verb);
}

/** The word at the cursor, with what of it stands behind the cursor. */
function wordAt({ text, comment, offset }: CommentPlace, typed: string): Span {
  const rest = /^[\w/*.-]*/.exec(text.slice(offset, comment.end))?.[0] ?? '';
  return span(offset - typed.length, offset + rest.length);
}

function wordsBefore({ text, comment }: CommentPlace, where: Span): readonly string[] {
  const directive = readDirective(text, comment);
  return directive === undefined
    ? []
    : wordsOf(directive.argument)
        .filter((word) => word.span.end <= where.start || word.span.start >= where.end)
        .map((word) => word.text);
}

function ruleItems(where: Span, found: ReadonlySet<string>): readonly CompletionItem[] {
  const rules = allRules.filter(({ id }) => canBeHidden(id));
  const areas = new Set(rules.map(({ id }) => `${id.slice(0, id.indexOf('/'))}/*`));
  const items = rules.map(
    (rule): CompletionItem => ({
      ...wordItem(rule.id, where, `${found.has(rule.id) ? 0 : 1} ${rule.id}`),
      detail: found.has(rule.id) ? `found here: ${rule.title}` : rule.title,
      documentation: describeRule(rule),
    }),
  );
  const ofAreas = [...areas].map(
    (area): CompletionItem => ({
      ...wordItem(area, where, `2 ${area}`),
      detail: 'all rules of this area',
    }),
  );
  return [...items, ...ofAreas];
}

/** Explains the verb or the rule at the cursor. */
export function hoverInComment({ text, comment, offset, verbs }: CommentPlace): Hover | undefined {
  const directive = readDirective(text, comment);
  if (directive === undefined) return undefined;
  const { verb, argument } = directive;
  if (touches(verb.span, offset)) {
    const known = verbs.find((one) => one.verb === verb.text);
    return known && { span: verb.span, markdown: `**${known.verb}**: ${known.summary}.` };
  }
  const word = isSuppression(verb.text)
    ? wordsOf(argument).find((one) => touches(one.span, offset))
    : undefined;
  const markdown = word && describeName(word);
  return word === undefined || markdown === undefined ? undefined : { span: word.span, markdown };
}

function describeName({ text }: Words): string | undefined {
  if (!isArea(text)) {
    const rule = allRules.find(({ id }) => id === text);
    return rule && describeRule(rule);
  }
  const rules = allRules.filter(({ id }) => covers(text, id) && canBeHidden(id));
  return rules.length === 0 ? undefined : `**${text}**: ${rules.length} rules.`;
}

function describeRule({ id, severity, title, why }: RuleDescription): string {
  const page = rulePageUrl(id);
  const more = page === undefined ? [] : [`[More](${page})`];
  return [`**${id}** (${severity})`, `${title}.`, why, ...more].join('\n\n');
}
