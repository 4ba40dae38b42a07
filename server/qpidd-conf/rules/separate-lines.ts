import type { Fix } from '../../text/finding';
import type { ConfDocument, Setting } from '../model';
import { fixBy, replacement } from './report';

/** Writes the parts of a comma list, which the broker never splits, one a line. Only where every part is valid. */
export function separateLines(
  document: ConfDocument,
  { option, line, value, text }: Setting,
  isValid: (part: string) => boolean,
): Fix | undefined {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (!text.includes(',') || parts.length === 0 || !parts.every(isValid)) return undefined;
  const lineEnd = document.source.text[line.span.end - 1] === '\r' ? '\r\n' : '\n';
  const title = parts.length === 1 ? 'Remove the comma' : 'Write one value a line';
  return fixBy(title, replacement(document, value, parts.join(`${lineEnd}${option.name}=`)));
}
