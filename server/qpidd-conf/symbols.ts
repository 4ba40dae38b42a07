import type { DocumentSymbol } from '../text/features';
import { span } from '../text/span';
import type { ConfDocument, Setting } from './model';

/** Every setting of the file, in its order. A secret is not shown. */
export function documentSymbols({ settings, source }: ConfDocument): readonly DocumentSymbol[] {
  return settings.map((setting) => symbolOf(source.text, setting));
}

function symbolOf(text: string, { option, line, key, text: value }: Setting): DocumentSymbol {
  const end = text[line.span.end - 1] === '\r' ? line.span.end - 1 : line.span.end;
  const detail = option.secret === true && value !== '' ? '***' : value.slice(0, 80);
  return {
    name: option.name,
    kind: 'setting',
    ...(detail === '' ? {} : { detail }),
    span: span(line.span.start, end),
    selectionSpan: key,
  };
}
