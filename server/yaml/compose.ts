import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { type Span, span } from '../text/span';

/** Characters of a file: what a manifest of 16,000 replications needs. */
export const maximumLength = 1_000_000;

/** Lexemes of a file: the same again. The parser takes up to ten microseconds for each. */
const maximumLexemes = 400_000;

/**
 * Brackets, lists and mappings inside each other; a manifest needs five of them. The parser keeps about two entries
 * a level on its stack, and beyond some thousands its recursive part exhausts the process's stack.
 */
export const maximumDepth = 50;

export type Composition =
  | {
      readonly kind: 'document';
      readonly document: Document.Parsed;
      /** Offset of a second document's content, which has not been read. */
      readonly second: number | undefined;
    }
  | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly span: Span;
  readonly message: string;
}

/** The first YAML document of a text, within limits on what it may cost to read. Never throws. */
export function compose(text: string): Composition {
  if (text.length > maximumLength) {
    const size = `${(text.length / 1_000_000).toFixed(1)} million characters`;
    return refused(0, 0, `The file is too large: ${size}, the limit is 1 million.`);
  }
  try {
    const scan = new Scan(text);
    return scan.run();
  } catch {
    return refused(0, 0, 'This cannot be read as YAML.');
  }
}

function refused(start: number, end: number, message: string): Refused {
  return { kind: 'refused', span: span(start, end), message };
}

/** Feeds the parser one lexeme at a time, so that it can be stopped. */
class Scan {
  private readonly parser = new Parser();
  private readonly tokens: CST.Token[] = [];
  private documents = 0;
  private second: number | undefined;
  private broken = false;

  constructor(private readonly text: string) {}

  run(): Composition {
    let lexemes = 0;
    for (const lexeme of new Lexer().lex(this.text)) {
      lexemes += 1;
      if (lexemes > maximumLexemes) {
        return refused(0, 0, 'The file is too large: it has too many parts.');
      }
      this.take(this.parser.next(lexeme));
      if (this.parser.stack.length > 2 * maximumDepth) {
        const at = Math.min(this.parser.offset, this.text.length);
        return refused(at, at, `This is nested too deeply: more than ${maximumDepth} levels.`);
      }
      // What follows the first document's end or first fault is not read: it would only add echoes.
      if (this.second !== undefined || this.broken) break;
    }
    if (this.second === undefined) this.take(this.parser.end());
    const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
    const [document] = composer.compose(this.tokens, true, this.text.length);
    if (document === undefined) return refused(0, 0, 'This cannot be read as YAML.');
    return { kind: 'document', document: document as Document.Parsed, second: this.second };
  }

  private take(tokens: Iterable<CST.Token>): void {
    for (const token of tokens) {
      if (token.type === 'error') this.broken = true;
      if (token.type === 'document') {
        this.documents += 1;
        if (this.documents > 1) {
          if (token.value !== undefined) this.second ??= token.value.offset;
          continue;
        }
      }
      if (this.documents < 2) this.tokens.push(token);
    }
  }
}
