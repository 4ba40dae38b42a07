import type { Hover } from '../text/features';
import { touches } from '../text/span';
import { optionMarkdown, removedMarkdown } from './markdown';
import { type ConfDocument, type Setting, settingAt } from './model';
import { explainValue } from './values/explain';

/** Explains the option, or the value, at `offset`. */
export function hover(document: ConfDocument, offset: number): Hover | undefined {
  const unknown = document.unknown.find(({ line }) => touches(line.key, offset));
  if (unknown?.reading.kind === 'removed') {
    return { span: unknown.line.key, markdown: removedMarkdown(unknown.reading.removed) };
  }
  if (unknown?.reading.kind === 'elsewhere') {
    return { span: unknown.line.key, markdown: optionMarkdown(unknown.reading.option) };
  }
  const setting = settingAt(document, offset);
  if (setting === undefined) return undefined;
  if (touches(setting.key, offset)) return { span: setting.key, markdown: optionMarkdown(setting.option) };
  return touches(setting.value, offset) ? valueHover(setting) : undefined;
}

function valueHover({ option, value, understood }: Setting): Hover {
  const explanation = option.secret === true ? undefined : explainValue(option, understood);
  const markdown = optionMarkdown(option);
  return {
    span: value,
    markdown: explanation === undefined ? markdown : `${explanation}\n\n---\n\n${markdown}`,
  };
}
