/** One word, with its quotes and expansions. */
import { endOfNested } from './nested';
import type { Opaque, ShellFault, WordPart } from './syntax';

/** Nothing special outside of quotes. */
const plain = /(?:[^ \t\n\r;&|()<>\\'"$`]|\r(?!\n))+/y;
const plainInQuotes = /[^\\"$`]+/y;
const parameter = /[A-Za-z_]\w*|[0-9]|[@*#?$!-]/y;
const braced = /^(#|!)?([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(?:\[([^\]]*)\])?(.*)$/s;

export class WordReader {
  private readonly parts: WordPart[] = [];

  constructor(
    private readonly text: string,
    /** Behind the word, when it has been read. */
    public at: number,
    private readonly faults: ShellFault[],
  ) {}

  read(): readonly WordPart[] {
    const start = this.at;
    while (this.at < this.text.length) {
      const taken = this.take(plain);
      if (taken !== '') {
        this.plainText(taken, this.at - taken.length === start);
        continue;
      }
      const character = this.text[this.at] ?? '';
      if (/[<>]/.test(character) && this.text[this.at + 1] === '(') this.nested(2, 'a process substitution');
      else if (/[ \t\r\n;&|()<>]/.test(character)) break;
      else this.special(character);
    }
    return this.parts;
  }

  private plainText(text: string, atStart: boolean): void {
    if ((atStart && text.startsWith('~')) || /^[A-Za-z_]\w*\+?=~/.test(text)) {
      this.opaque('a home folder', false);
    }
    this.literal(text, false);
  }

  private special(character: string): void {
    switch (character) {
      case '\\':
        this.escape();
        break;
      case "'":
        this.singleQuotes();
        break;
      case '"':
        this.doubleQuotes();
        break;
      default:
        this.expansion(false);
    }
  }

  private escape(): void {
    const next = this.text[this.at + 1];
    if (next === '\n') this.at += 2;
    else if (next === '\r' && this.text[this.at + 2] === '\n') this.at += 3;
    else {
      // A pair of surrogates is one character.
      const character =
        next === undefined ? '\\' : String.fromCodePoint(this.text.codePointAt(this.at + 1) ?? 0);
      this.literal(character, true);
      this.at += next === undefined ? 1 : 1 + character.length;
    }
  }

  private singleQuotes(): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) this.unclosed('this quote is not closed');
    this.literal(this.text.slice(this.at + 1, end < 0 ? undefined : end), true);
    this.at = end < 0 ? this.text.length : end + 1;
  }

  private doubleQuotes(): void {
    const start = this.at;
    this.at += 1;
    this.literal('', true);
    while (this.at < this.text.length) {
      this.literal(this.take(plainInQuotes), true);
      const character = this.text[this.at];
      if (character === '"') {
        this.at += 1;
        return;
      }
      if (character === '\\') this.escapeInQuotes();
      else if (character !== undefined) this.expansion(true);
    }
    this.faults.push({ offset: start, reason: 'this quote is not closed' });
  }

  private escapeInQuotes(): void {
    const next = this.text[this.at + 1];
    if (next === '\n') this.at += 2;
    else if (next !== undefined && '$`"\\'.includes(next)) {
      this.literal(next, true);
      this.at += 2;
    } else {
      this.literal('\\', true);
      this.at += 1;
    }
  }

  /** At `$` or a backquote. */
  private expansion(quoted: boolean): void {
    const next = this.text[this.at + 1];
    if (this.text[this.at] === '`') this.nested(1, 'a command substitution', quoted);
    else if (this.text.startsWith('$((', this.at)) this.nested(2, 'an arithmetic expansion', quoted);
    else if (next === '(') this.nested(2, 'a command substitution', quoted);
    else if (next === '{') this.braces(quoted);
    else if (next === "'" && !quoted) this.ansiQuotes();
    else if (next === '"' && !quoted) {
      this.at += 1;
      this.doubleQuotes();
    } else this.simpleParameter(quoted);
  }

  private simpleParameter(quoted: boolean): void {
    this.at += 1;
    const name = this.take(parameter);
    if (name === '') this.literal('$', quoted);
    else this.parts.push({ kind: 'parameter', name, index: undefined, operation: '', quoted });
  }

  private braces(quoted: boolean): void {
    const start = this.at;
    const end = this.skipNested(2, quoted ? 'quoted brace' : 'brace');
    const content = braced.exec(this.text.slice(start + 2, end - 1));
    const [, mark, name, index, operation = ''] = content ?? [];
    if (name === undefined || mark !== undefined) this.opaque('an indirect expansion', quoted);
    else this.parts.push({ kind: 'parameter', name, index, operation, quoted });
  }

  private nested(opening: number, what: Opaque, quoted = false): void {
    const mode = this.text[this.at] === '`' ? 'backquotes' : 'parenthesis';
    this.skipNested(opening, mode);
    this.opaque(what, quoted);
  }

  private skipNested(opening: number, mode: Parameters<typeof endOfNested>[2]): number {
    const end = endOfNested(this.text, this.at + opening, mode);
    if (end === undefined) this.unclosed('this expansion is not closed');
    this.at = end ?? this.text.length;
    return this.at;
  }

  /** `$'…'`, with the escapes of C. */
  private ansiQuotes(): void {
    const start = this.at + 2;
    let end = start;
    while (end < this.text.length && this.text[end] !== "'") end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.unclosed('this quote is not closed');
    this.at = Math.min(end + 1, this.text.length);
    const text = decodeEscapes(this.text.slice(start, end));
    if (text === undefined) this.opaque('an indirect expansion', true);
    else this.literal(text, true);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.text)?.[0] ?? '';
    this.at += taken.length;
    return taken;
  }

  private literal(text: string, quoted: boolean): void {
    const last = this.parts[this.parts.length - 1];
    if (last?.kind === 'text' && last.quoted === quoted) {
      this.parts[this.parts.length - 1] = { kind: 'text', text: last.text + text, quoted };
    } else this.parts.push({ kind: 'text', text, quoted });
  }

  private opaque(what: Opaque, quoted: boolean): void {
    this.parts.push({ kind: 'opaque', what, quoted });
  }

  private unclosed(reason: string): void {
    this.faults.push({ offset: this.at, reason });
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** Undefined where an escape is written as a number, which names bytes instead of characters. */
function decodeEscapes(text: string): string | undefined {
  if (/(?:^|[^\\])(?:\\\\)*\\[0-7xuUc]/.test(text)) return undefined;
  return text.replace(/\\(.)/gs, (all, letter: string) => escapes[letter] ?? all);
}
