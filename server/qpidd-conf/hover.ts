import type { Hover } from '../text/features';
import { touches } from '../text/span';
import { disabledSettingOn } from './disabled';
import { optionMarkdown, removedMarkdown } from './markdown';
import { type ConfDocument, type Setting, settingAt } from './model';
import type { Release } from './release';
import { lineAt } from './syntax';
import { explainValue } from './values/explain';

/** Explains the option, or the value, at `offset`. */
export function hover(document: ConfDocument, offset: number): Hover | undefined {
  const { release } = document;
  const former = document.former.find(({ line }) => touches(line.key, offset));
  if (former !== undefined) {
    return { span: former.line.key, markdown: removedMarkdown(former.reading.removed, release) };
  }
  const unknown = document.unknown.find(({ line }) => touches(line.key, offset));
  if (unknown?.reading.kind === 'removed') {
    return { span: unknown.line.key, markdown: removedMarkdown(unknown.reading.removed, release) };
  }
  if (unknown?.reading.kind === 'elsewhere') {
    return { span: unknown.line.key, markdown: optionMarkdown(unknown.reading.option, release) };
  }
  const setting = settingAt(document, offset);
  if (setting === undefined) return disabledHover(document, offset);
  if (touches(setting.key, offset))
    return { span: setting.key, markdown: optionMarkdown(setting.option, release) };
  return touches(setting.value, offset) ? valueHover(setting, release) : undefined;
}

function valueHover({ option, value, understood }: Setting, release: Release | undefined): Hover {
  const explanation = option.secret === true ? undefined : explainValue(option, understood);
  const markdown = optionMarkdown(option, release);
  return {
    span: value,
    markdown: explanation === undefined ? markdown : `${explanation}\n\n---\n\n${markdown}`,
  };
}

/** A setting that is commented out is explained like any other. */
function disabledHover({ source, notText }: ConfDocument, offset: number): Hover | undefined {
  if (notText !== undefined) return undefined;
  const disabled = disabledSettingOn(source.text, lineAt(source.text, offset));
  if (disabled === undefined || !touches(disabled.key, offset)) return undefined;
  return { span: disabled.key, markdown: optionMarkdown(disabled.option) };
}
