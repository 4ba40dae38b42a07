import type { CompletionItem } from '../text/features';
import { type Span, span } from '../text/span';
import { brokerOptions, findOption, type Option } from './catalogue';
import { describeBriefly } from './describe';
import { optionMarkdown } from './markdown';
import type { ConfDocument } from './model';
import { proposeValues } from './propose-values';
import type { Release } from './release';
import { existsIn, isDeprecatedIn } from './release-history';
import { snippets } from './snippets';
import { nothingAround, type Surroundings } from './surroundings';
import { lineAt } from './syntax';
import { modeOf, topicOrder } from './topics';
import { valuePlaceAt } from './value-place';

/** Names and snippets before `=`, values after it; nothing in a comment or in the middle of other text. */
export function completion(
  document: ConfDocument,
  cursor: number,
  around: Surroundings = nothingAround,
): readonly CompletionItem[] {
  if (document.notText !== undefined) return [];
  const { text } = document.source;
  const { start } = lineAt(text, cursor).span;
  const offset = Math.max(cursor, start);
  if (!/[=#]/.test(text.slice(start, offset))) return proposeNames(document, offset);
  const place = valuePlaceAt(document, offset);
  return place === undefined ? [] : proposeValues(document, place, around);
}

/** A name with its `=`, but where that stands already. */
function proposeNames(document: ConfDocument, offset: number): readonly CompletionItem[] {
  const { text } = document.source;
  const line = lineAt(text, offset);
  const typed = /^[ \t]*([\w-]*)$/.exec(text.slice(line.span.start, offset))?.[1];
  if (typed === undefined) return [];
  const rest = /^([\w-]*)([^#\r\n]*)/.exec(text.slice(offset, line.span.end));
  const [, wordEnd = '', after = ''] = rest ?? [];
  // Text that follows without "=" is not for us to swallow.
  if (after.trim() !== '' && !/^[ \t]*=/.test(after)) return [];
  const where = span(offset - typed.length, offset + wordEnd.length);
  const suffix = after.includes('=') ? '' : '=';
  const mode = modeOf(document);
  const names = offered(document, line.span).map(
    (option): CompletionItem => ({
      label: option.name,
      kind: 'option',
      detail: describeBriefly(option),
      documentation: optionMarkdown(option, document.release),
      edit: { span: where, newText: option.name + suffix },
      sortText: topicOrder(option, mode),
      ...(suffix === '=' && { again: true }),
      ...(isDeprecatedIn(option, document.release) && { deprecated: true }),
    }),
  );
  // Blanks before a key are refused, and so is what would follow on the last line of a snippet.
  const alone = where.start === line.span.start && /^\r?$/.test(text.slice(where.end, line.span.end));
  return alone ? [...proposeSnippets(document, where), ...names] : names;
}

function proposeSnippets(document: ConfDocument, where: Span): readonly CompletionItem[] {
  const known = snippets(document).filter(({ text }) => isKnownIn(text, document.release));
  return known.map(({ label, detail, text, template }) => ({
    label,
    kind: 'snippet',
    detail,
    documentation: `\`\`\`ini\n${text}\n\`\`\``,
    edit: { span: where, newText: text },
    template,
    sortText: `0 ${label}`,
  }));
}

/** Whether a release has all the options of a text. */
function isKnownIn(text: string, release: Release | undefined): boolean {
  return [...text.matchAll(/^[\w-]+(?==)/gm)].every(([name]) => {
    const option = findOption(name);
    return option === undefined || existsIn(option, release);
  });
}

/** What may be added: not what the release lacks, is set on another line, does nothing in a file, or needs a module that is not there. */
function offered({ settings, modules, release }: ConfDocument, line: Span): readonly Option[] {
  const taken = new Set(
    settings
      .filter((setting) => setting.option.repeatable !== true && setting.line.span.start !== line.start)
      .map((setting) => setting.option.name),
  );
  return brokerOptions.filter(
    (option) =>
      !taken.has(option.name) &&
      existsIn(option, release) &&
      option.inFile === undefined &&
      modules.absence(option.module) === undefined,
  );
}
