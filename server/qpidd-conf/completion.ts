import type { CompletionItem } from '../text/features';
import { type Span, span } from '../text/span';
import { brokerOptions, type Option } from './catalogue';
import { describeBriefly } from './describe';
import { KeyReader } from './keys';
import { optionMarkdown } from './markdown';
import type { ConfDocument } from './model';
import { proposeValues } from './propose-values';
import { lineAt } from './syntax';

/** Names before `=`, values after it; nothing in a comment or in the middle of other text. */
export function completion(document: ConfDocument, cursor: number): readonly CompletionItem[] {
  if (document.notText !== undefined) return [];
  const { text } = document.source;
  const line = lineAt(text, cursor);
  const start = line.span.start;
  const offset = Math.max(cursor, start);
  const before = text.slice(start, offset);
  if (before.includes('#')) return [];
  const equals = before.indexOf('=');
  if (equals < 0) return proposeNames(document, offset);
  const reading = new KeyReader().read(before.slice(0, equals).trim());
  if (!('option' in reading) || reading.option === undefined) return [];
  const rest = /^[^\r\n#]*/.exec(text.slice(offset, line.span.end))?.[0] ?? '';
  return proposeValues(document, reading.option, {
    start: start + equals + 1,
    offset,
    end: offset + rest.trimEnd().length,
  });
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
  return offered(document, line.span).map((option) => ({
    label: option.name,
    kind: 'option',
    detail: describeBriefly(option),
    documentation: optionMarkdown(option),
    edit: { span: where, newText: option.name + suffix },
    ...(option.deprecated === undefined ? {} : { deprecated: true }),
  }));
}

/** What may be added: not what is set on another line, does nothing in a file, or needs a module that is not there. */
function offered({ settings, modules }: ConfDocument, line: Span): readonly Option[] {
  const taken = new Set(
    settings
      .filter((setting) => setting.option.repeatable !== true && setting.line.span.start !== line.start)
      .map((setting) => setting.option.name),
  );
  return brokerOptions.filter(
    (option) =>
      !taken.has(option.name) && option.inFile === undefined && modules.absence(option.module) === undefined,
  );
}
