import { appendedLine } from '../project/set-option';
import { type ConfDocument, parseConf, type Setting, settingsOf } from '../qpidd-conf/model';
import type { Release } from '../qpidd-conf/release';
import { parseRelease } from '../qpidd-conf/release';
import { documentWithText } from '../text/document';
import { applyEdits, type TextEdit } from '../text/edit';
import { span } from '../text/span';

type Edit = Omit<TextEdit, 'uri'>;

/** The file with lines that give an option these texts, in the place of what it says of the option; no text, no line. */
export function withOption(conf: ConfDocument, option: string, texts: readonly string[]): ConfDocument {
  const [first, ...others] = settingsOf(conf, option);
  const lines = texts.map((text) => `${option}=${text}`);
  if (first === undefined)
    return lines.reduce((file, line) => edited(file, [appendedLine(file.source.text, line)]), conf);
  return edited(conf, [...replaced(conf, first, option, texts), ...others.map(blanked)]);
}

/** Keeps what stands behind the value: a comment may be meant for the linter. */
function replaced(
  { source }: ConfDocument,
  setting: Setting,
  option: string,
  texts: readonly string[],
): readonly Edit[] {
  const [text, ...more] = texts;
  if (text === undefined) return [blanked(setting)];
  const { line, value } = setting;
  const end = span(line.span.end, line.span.end);
  const added = more.map((other) => `\n${option}=${other}`).join('');
  const isPlain = line.kind === 'setting' && source.text.slice(line.field.start, line.field.end) === option;
  if (isPlain)
    return [{ span: value, newText: text }, ...(added === '' ? [] : [{ span: end, newText: added }])];
  return [{ span: line.span, newText: `${option}=${text}${added}` }];
}

/** A comment in the place of a line, so that the others keep their numbers and the file is not empty. */
function blanked({ line }: Setting): Edit {
  return { span: line.span, newText: '#' };
}

/** The file as a broker of that release would read it. An empty file stays one: the broker sees that, too. */
export function withRelease(conf: ConfDocument, release: Release): ConfDocument {
  if (conf.source.text === '') return conf;
  const named = conf.directives.find(
    ({ verb, argument }) => verb.text === 'broker' && parseRelease(argument.text) !== undefined,
  );
  const edit =
    named === undefined
      ? appendedLine(conf.source.text, `# qpidha: broker ${release}`)
      : { span: named.argument.span, newText: release };
  return edited(conf, [edit]);
}

function edited(conf: ConfDocument, edits: readonly Edit[]): ConfDocument {
  const { source, release } = conf;
  const text = applyEdits(
    source.text,
    edits.map((edit) => ({ ...edit, uri: source.uri })),
  );
  return parseConf(documentWithText(source, text), release, conf);
}
