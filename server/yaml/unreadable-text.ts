import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';

/** What YAML forbids: control characters other than tab and line ends (YAML 1.2, production c-printable). */
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Why a file is no text that YAML could be written in, and where: the first place. */
export function unreadableText(
  source: SourceDocument,
): { readonly span: Span; readonly message: string } | undefined {
  const { text, encoding } = source;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    return { span: span(0, Math.min(2, text.length)), message: 'The file is UTF-16: save it as UTF-8.' };
  }
  const control = text.search(controlCharacter);
  if (control >= 0) {
    const at = span(control, control + 1);
    const name = code(text.charCodeAt(control));
    if (text[control] === '\0') return { span: at, message: 'This is no text file: it contains NUL bytes.' };
    return { span: at, message: `The control character U+00${name} cannot stand in YAML.` };
  }
  if (encoding !== 'latin-1') return undefined;
  const at = firstInvalidByte(text);
  const name = code(text.charCodeAt(at));
  return { span: span(at, at + 1), message: `Byte 0x${name} is no UTF-8: save the file as UTF-8.` };
}

function code(value: number): string {
  return value.toString(16).toUpperCase().padStart(2, '0');
}

/** @param text one character a byte, not UTF-8 as a whole. */
function firstInvalidByte(text: string): number {
  const sequence =
    /[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/y;
  let at = 0;
  while (at < text.length) {
    sequence.lastIndex = at;
    const valid = sequence.exec(text);
    if (valid === null) return at;
    at = sequence.lastIndex;
  }
  return 0;
}
