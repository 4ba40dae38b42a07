/** Commands from words and operators: the grammar of bash, read generously. */
import { span } from '../text/span';
import type { Branch, Chain, Command, List, Pipeline, Script, ShellFault, Token, Word } from './syntax';
import { literal, tokenize } from './tokens';

/** Never throws. What cannot be read is a fault, and reading goes on behind it. */
export function parseScript(text: string): Script {
  const { tokens, faults, heredocs } = tokenize(text);
  const parser = new Parser(tokens, text.length);
  const body = parser.script();
  return {
    body,
    heredocs,
    faults: [...faults, ...parser.faults].sort((one, other) => one.offset - other.offset),
  };
}

/** Deeper than any person nests. */
const deepest = 100;

const closing = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', ')']);
const caseEnds = new Set([';;', ';&', ';;&']);
const separators = new Set([';', '&', '\n']);

class Parser {
  readonly faults: ShellFault[] = [];
  private at = 0;
  private depth = 0;
  /** Of each opening parenthesis, the place of the closing one. */
  private readonly closers = new Map<number, number>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly length: number,
  ) {
    const open: number[] = [];
    tokens.forEach((token, index) => {
      if (token.kind !== 'operator') return;
      if (token.text === '(') open.push(index);
      const opening = token.text === ')' ? open.pop() : undefined;
      if (opening !== undefined) this.closers.set(opening, index);
    });
  }

  script(): List {
    const chains: Chain[] = [];
    while (this.at < this.tokens.length) {
      chains.push(...this.list());
      if (this.at >= this.tokens.length) break;
      this.fault(`"${this.shown()}" is not expected here`);
      this.at += 1;
    }
    return chains;
  }

  /** Up to a word or an operator that ends it. */
  private list(): List {
    const chains: Chain[] = [];
    for (;;) {
      while (separators.has(this.operator() ?? '')) this.at += 1;
      if (this.at >= this.tokens.length || this.isEnd()) return chains;
      const before = this.at;
      chains.push(this.chain());
      if (this.at === before) return chains;
    }
  }

  private isEnd(): boolean {
    const operator = this.operator();
    if (operator !== undefined) return operator === ')' || caseEnds.has(operator);
    return closing.has(this.plain() ?? '');
  }

  private chain(): Chain {
    const first = this.pipeline();
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      const operator = this.operator();
      if (operator !== '&&' && operator !== '||') break;
      this.at += 1;
      this.newlines();
      rest.push({ operator, pipeline: this.pipeline() });
    }
    return { first, rest, background: this.operator() === '&' };
  }

  private pipeline(): Pipeline {
    let negated = false;
    for (;;) {
      const word = this.plain();
      if (word !== '!' && word !== 'time') break;
      negated ||= word === '!';
      this.at += 1;
    }
    const commands: Command[] = [];
    for (;;) {
      const command = this.command();
      if (command !== undefined) commands.push(command);
      const operator = this.operator();
      if (operator !== '|' && operator !== '|&') return { commands, negated };
      this.at += 1;
      this.newlines();
    }
  }

  private command(): Command | undefined {
    if (this.depth >= deepest) {
      this.fault('this is nested too deeply to be read');
      this.at = this.tokens.length;
      return undefined;
    }
    this.depth += 1;
    const command = this.compound();
    this.depth -= 1;
    if (command === undefined) return this.simple();
    while (this.token()?.kind === 'redirection') this.at += 1;
    return command;
  }

  /** Undefined where a simple command begins. */
  private compound(): Command | undefined {
    if (this.operator() === '(') return this.parentheses();
    switch (this.plain()) {
      case 'if':
        return this.ifs();
      case 'while':
      case 'until':
        return this.loop();
      case 'for':
      case 'select':
        return this.forLoop();
      case 'case':
        return this.cases();
      case '{':
        return this.group('}', false);
      case '[[':
        return this.doubleBrackets();
      case 'function':
        return this.functionWord();
      default:
        return this.functionParentheses();
    }
  }

  private group(end: string, subshell: boolean): Command {
    const opening = this.offset();
    this.at += 1;
    const body = this.list();
    this.expect(end, opening);
    return { kind: 'group', body, subshell };
  }

  private parentheses(): Command {
    if (!this.isArithmetic()) return this.group(')', true);
    this.arithmetic();
    return { kind: 'test' };
  }

  /** `((` that is closed by `))`; else it is a shell within a shell. */
  private isArithmetic(): boolean {
    const outer = this.closers.get(this.at);
    const inner = this.closers.get(this.at + 1);
    if (outer === undefined || inner === undefined || outer !== inner + 1) return false;
    return this.isJoined(this.at) && this.isJoined(inner);
  }

  /** Whether nothing stands between an operator and the next. */
  private isJoined(at: number): boolean {
    const [one, next] = [this.tokens[at], this.tokens[at + 1]];
    return one?.kind === 'operator' && next?.kind === 'operator' && one.span.end === next.span.start;
  }

  private arithmetic(): void {
    this.at = (this.closers.get(this.at) ?? this.at) + 1;
  }

  private ifs(): Command {
    const opening = this.offset();
    const branches: Branch[] = [];
    do {
      this.at += 1;
      const condition = this.list();
      this.expect('then', opening);
      branches.push({ condition, body: this.list() });
    } while (this.plain() === 'elif');
    let otherwise: List | undefined;
    if (this.plain() === 'else') {
      this.at += 1;
      otherwise = this.list();
    }
    this.expect('fi', opening);
    return { kind: 'if', branches, otherwise };
  }

  private loop(): Command {
    this.at += 1;
    const condition = this.list();
    return { kind: 'while', condition, body: this.body() };
  }

  private body(): List {
    const opening = this.offset();
    while (separators.has(this.operator() ?? '')) this.at += 1;
    const braces = this.plain() === '{';
    this.expect(braces ? '{' : 'do', opening);
    const body = this.list();
    this.expect(braces ? '}' : 'done', opening);
    return body;
  }

  private forLoop(): Command {
    // Whoever runs a `select` chooses from its words.
    const chosen = this.plain() === 'select';
    this.at += 1;
    if (this.isArithmetic()) {
      this.arithmetic();
      return { kind: 'for', variable: '', words: undefined, body: this.body() };
    }
    const name = this.word();
    if (name !== undefined) this.at += 1;
    this.newlines();
    let words: Word[] | undefined;
    if (this.plain() === 'in') {
      this.at += 1;
      words = [];
      for (let word = this.word(); word !== undefined; word = this.word()) {
        words.push(word);
        this.at += 1;
      }
    }
    return {
      kind: 'for',
      variable: name === undefined ? '' : literal(name.parts),
      words: chosen ? undefined : words,
      body: this.body(),
    };
  }

  private cases(): Command {
    const opening = this.offset();
    this.at += 2;
    this.newlines();
    if (this.plain() === 'in') this.at += 1;
    const branches: List[] = [];
    for (;;) {
      this.newlines();
      if (this.at >= this.tokens.length || this.plain() === 'esac') break;
      this.pattern();
      branches.push(this.list());
      if (caseEnds.has(this.operator() ?? '')) this.at += 1;
      else if (this.plain() !== 'esac') break;
    }
    this.expect('esac', opening);
    return { kind: 'case', branches };
  }

  private pattern(): void {
    if (this.operator() === '(') this.at += 1;
    while (this.at < this.tokens.length && this.operator() !== ')' && this.operator() !== '\n') this.at += 1;
    if (this.operator() === ')') this.at += 1;
  }

  private doubleBrackets(): Command {
    const opening = this.offset();
    do this.at += 1;
    while (this.at < this.tokens.length && this.plain() !== ']]');
    if (this.at >= this.tokens.length) this.faults.push({ offset: opening, reason: '"]]" is missing' });
    this.at += 1;
    return { kind: 'test' };
  }

  private functionWord(): Command {
    this.at += 1;
    const word = this.word();
    if (word !== undefined) this.at += 1;
    if (this.operator() === '(' && this.operator(1) === ')') this.at += 2;
    this.newlines();
    return { kind: 'function', name: word === undefined ? '' : literal(word.parts), body: this.command() };
  }

  /** `name () { … }` */
  private functionParentheses(): Command | undefined {
    const name = this.plain();
    if (name === undefined || this.operator(1) !== '(' || this.operator(2) !== ')') return undefined;
    this.at += 3;
    this.newlines();
    return { kind: 'function', name, body: this.command() };
  }

  private simple(): Command | undefined {
    const words: Word[] = [];
    const start = this.offset();
    let end = start;
    for (let token = this.token(); token !== undefined && token.kind !== 'operator'; token = this.token()) {
      if (token.kind === 'word') {
        words.push(token.word);
        end = token.word.span.end;
      }
      this.at += 1;
    }
    return words.length === 0
      ? undefined
      : { kind: 'simple', words, span: span(words[0]?.span.start ?? start, end) };
  }

  private expect(word: string, opening: number): void {
    if (this.plain() === word || this.operator() === word) this.at += 1;
    else this.faults.push({ offset: opening, reason: `"${word}" is missing` });
  }

  private newlines(): void {
    while (this.operator() === '\n') this.at += 1;
  }

  private token(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  private operator(ahead = 0): string | undefined {
    const token = this.token(ahead);
    return token?.kind === 'operator' ? token.text : undefined;
  }

  private word(): Word | undefined {
    const token = this.token();
    return token?.kind === 'word' ? token.word : undefined;
  }

  /** The word here, where nothing in it is quoted or expanded: only such a word may be one of the shell's own. */
  private plain(): string | undefined {
    const [part, ...others] = this.word()?.parts ?? [];
    return part?.kind === 'text' && !part.quoted && others.length === 0 ? part.text : undefined;
  }

  private offset(): number {
    const token = this.token();
    if (token === undefined) return this.length;
    return token.kind === 'word' ? token.word.span.start : token.span.start;
  }

  private shown(): string {
    const token = this.token();
    if (token?.kind === 'operator') return token.text === '\n' ? 'the end of the line' : token.text;
    return this.plain() ?? 'this';
  }

  private fault(reason: string): void {
    this.faults.push({ offset: this.offset(), reason });
  }
}
