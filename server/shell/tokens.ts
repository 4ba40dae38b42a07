/** The words and operators of a script, as bash parts it (bash(1), "Quoting", "Definitions", "Redirection"). */
import { type Span, span } from '../text/span';
import type { ShellFault, Token, Word, WordPart } from './syntax';
import { WordReader } from './word-reader';

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly faults: readonly ShellFault[];
  /** The texts that are given to commands (`<<END`). */
  readonly heredocs: readonly Span[];
}

/** Never throws: what has no end reaches to the end of the text, and is a fault. */
export function tokenize(text: string): Tokens {
  return new Tokenizer(text).read();
}

const operators = [';;&', '&&', '||', '|&', ';;', ';&', ';', '&', '|', '(', ')'];
const redirections = ['<<<', '<<-', '&>>', '<<', '<&', '<>', '>>', '>&', '>|', '&>', '<', '>'];

/** `2>file`: the number belongs to the redirection. */
const numbered = /[0-9]+(?=[<>])/y;

const blanks = /(?:[ \t]|\\\r?\n|\r(?=\n))+/y;

interface Heredoc {
  readonly end: string;
  readonly indented: boolean;
}

class Tokenizer {
  private at = 0;
  private readonly tokens: Token[] = [];
  private readonly faults: ShellFault[] = [];
  private readonly pending: Heredoc[] = [];
  private readonly texts: Span[] = [];

  constructor(private readonly text: string) {}

  read(): Tokens {
    while (this.at < this.text.length) this.next();
    return { tokens: this.tokens, faults: this.faults, heredocs: this.texts };
  }

  private next(): void {
    const { text } = this;
    if (this.skip(blanks)) return;
    if (text[this.at] === '\n') {
      this.operator('\n');
      this.heredocs();
      return;
    }
    if (text[this.at] === '#') {
      const end = text.indexOf('\n', this.at);
      this.at = end < 0 ? text.length : end;
      return;
    }
    const start = this.at;
    this.skip(numbered);
    const redirection = redirections.find((word) => text.startsWith(word, this.at));
    if (redirection !== undefined && !this.isProcessSubstitution()) {
      this.redirection(redirection, start);
      return;
    }
    this.at = start;
    const operator = operators.find((word) => text.startsWith(word, this.at));
    if (operator !== undefined) this.operator(operator);
    else this.tokens.push({ kind: 'word', word: this.word() });
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found !== '';
  }

  private isProcessSubstitution(): boolean {
    return /[<>]/.test(this.text[this.at] ?? '') && this.text[this.at + 1] === '(';
  }

  private operator(text: string): void {
    const start = this.at;
    this.at += text.length;
    this.tokens.push({ kind: 'operator', text, span: span(start, this.at) });
  }

  private redirection(operator: string, start: number): void {
    this.at += operator.length;
    this.skip(blanks);
    const target = this.atWord() ? this.word() : undefined;
    if (target !== undefined && (operator === '<<' || operator === '<<-')) {
      this.pending.push({ end: literal(target.parts), indented: operator === '<<-' });
    }
    this.tokens.push({ kind: 'redirection', redirection: { operator, target }, span: span(start, this.at) });
  }

  private atWord(): boolean {
    const character = this.text[this.at];
    if (character === undefined) return false;
    return !/[\n;&|()<>]/.test(character) || this.isProcessSubstitution();
  }

  /** Their text follows the line; none of it is a command of this script. */
  private heredocs(): void {
    for (const { end, indented } of this.pending.splice(0)) {
      const start = this.at;
      for (let found = false; !found && this.at < this.text.length; ) {
        const lineEnd = this.text.indexOf('\n', this.at);
        const stop = lineEnd < 0 ? this.text.length : lineEnd;
        const line = this.text.slice(this.at, stop);
        found = (indented ? line.replace(/^\t+/, '') : line) === end;
        this.at = lineEnd < 0 ? stop : stop + 1;
      }
      this.texts.push(span(start, this.at));
    }
  }

  private word(): Word {
    const start = this.at;
    const reader = new WordReader(this.text, start, this.faults);
    const parts = reader.read();
    this.at = reader.at;
    const word = { span: span(start, this.at), parts };
    if (this.text[this.at] !== '(' || !/^[A-Za-z_]\w*\+?=$/.test(this.text.slice(start, this.at))) {
      return this.at === start ? this.stray(start) : word;
    }
    this.at += 1;
    const elements = this.elements();
    return { ...word, span: span(start, this.at), elements };
  }

  /** A character that begins nothing is taken as it is. */
  private stray(start: number): Word {
    this.at += 1;
    const text = this.text.slice(start, this.at);
    return { span: span(start, this.at), parts: [{ kind: 'text', text, quoted: false }] };
  }

  private elements(): readonly Word[] {
    const words: Word[] = [];
    const opening = this.at - 1;
    while (this.at < this.text.length) {
      if (this.skip(blanks)) continue;
      const character = this.text[this.at];
      if (character === ')') {
        this.at += 1;
        return words;
      }
      if (character === '\n') this.at += 1;
      else if (character === '#') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else {
        const start = this.at;
        const reader = new WordReader(this.text, start, this.faults);
        const parts = reader.read();
        this.at = reader.at;
        words.push(this.at === start ? this.stray(start) : { span: span(start, this.at), parts });
      }
    }
    this.faults.push({ offset: opening, reason: 'this parenthesis is not closed' });
    return words;
  }
}

/** A word without its quotes; what would be expanded stays as nothing. */
export function literal(parts: readonly WordPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
