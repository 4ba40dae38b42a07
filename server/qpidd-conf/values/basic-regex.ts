/**
 * Whether the C library compiles a POSIX basic regular expression, as the broker has it do for node patterns
 * (sys/regex.h: `regcomp` with REG_NOSUB, C locale, glibc). Nothing is matched here.
 */
export type RegexProblem = { readonly offset: number; readonly reason: string };

/** Undefined when the expression compiles. */
export function basicRegexProblem(text: string): RegexProblem | undefined {
  const nul = text.indexOf('\0');
  return new Checker(nul < 0 ? text : text.slice(0, nul)).check();
}

type Token =
  | { readonly kind: 'literal' | 'atom' | 'anchor' | 'bracket' | 'or' | 'end' | 'trailing-backslash' }
  | { readonly kind: 'star' | 'repeat' | 'open-count' | 'close-count' | 'open' | 'close' }
  | { readonly kind: 'reference'; readonly group: number };

const classes = new Set(
  'alpha upper lower digit xdigit space print graph blank cntrl punct alnum'.split(' '),
);

const longestCount = 32767;
const longestName = 31;

class Checker {
  private at = 0;
  private groups = 0;
  private readonly closed = new Set<number>();
  private problem: RegexProblem | undefined;

  constructor(private readonly text: string) {}

  check(): RegexProblem | undefined {
    this.branches(0);
    return this.problem;
  }

  private branches(depth: number): void {
    let anchors = true;
    while (this.problem === undefined) {
      const token = this.peek(anchors);
      if (token.kind === 'end' || (token.kind === 'close' && depth > 0)) return;
      if (token.kind === 'or') {
        this.at += 2;
        anchors = true;
        continue;
      }
      anchors = false;
      this.expression(token, depth);
    }
  }

  private expression(token: Token, depth: number): undefined {
    const start = this.at;
    switch (token.kind) {
      case 'anchor':
        this.at += this.text[start] === '\\' ? 2 : 1;
        return;
      case 'trailing-backslash':
        return this.fail('a backslash at the end escapes nothing');
      case 'open-count':
        return this.fail('"\\{" has nothing to repeat');
      case 'close':
        return this.fail('"\\)" has no "\\(" before it');
      case 'reference':
        if (!this.closed.has(token.group)) return this.fail(`there is no group ${token.group} before this`);
        this.at += 2;
        break;
      case 'open':
        this.group(start, depth);
        break;
      case 'bracket':
        this.bracket(start);
        break;
      default:
        this.at += this.text[start] === '\\' ? 2 : 1;
    }
    this.repetitions();
  }

  private group(start: number, depth: number): undefined {
    this.at += 2;
    this.groups += 1;
    const number = this.groups;
    if (depth > 200) return this.fail('the groups are nested too deeply');
    this.branches(depth + 1);
    if (this.problem !== undefined) return;
    if (this.peek(false).kind !== 'close') {
      this.at = start;
      return this.fail('"\\(" has no "\\)" after it');
    }
    this.at += 2;
    this.closed.add(number);
  }

  private repetitions(): undefined {
    for (let first = true; this.problem === undefined; first = false) {
      const { kind } = this.peek(false);
      if (kind !== 'star' && kind !== 'repeat' && kind !== 'open-count') return;
      if (!first && kind !== 'repeat') return this.fail('a repetition cannot be repeated');
      if (kind === 'open-count') this.count();
      else this.at += kind === 'star' ? 1 : 2;
    }
  }

  private count(): undefined {
    const match = /\\\{([0-9]*)(?:(,)([0-9]*))?\\\}/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (found === null) return this.fail('"\\{" must be followed by a count such as "1,3\\}"');
    const [whole, low = '', comma, high = ''] = found;
    if (low === '' && comma === undefined) return this.fail('"\\{\\}" needs a count');
    if (high !== '' && Number(low) > Number(high)) return this.fail('the counts are in the wrong order');
    if (Math.max(Number(low), Number(high)) > longestCount) {
      return this.fail(`a count cannot be above ${longestCount}`);
    }
    this.at += whole.length;
  }

  private bracket(start: number): undefined {
    this.at += 1;
    if (this.text[this.at] === '^') this.at += 1;
    for (let first = true; this.problem === undefined; first = false) {
      if (!first && this.text[this.at] === ']') {
        this.at += 1;
        return;
      }
      const low = this.element(start, first);
      if (this.problem !== undefined || low === 'set' || !this.rangeFollows()) continue;
      this.at += 1;
      const high = this.element(start, true);
      if (this.problem !== undefined) return;
      if (high === 'set' || low > high) this.fail('the range in "[…]" is empty', start);
    }
  }

  /** True at a `-` that is not the last in the brackets. */
  private rangeFollows(): boolean {
    return this.text[this.at] === '-' && this.text[this.at + 1] !== ']';
  }

  /** One character of a bracket expression, or `set` for a class. */
  private element(start: number, hyphen: boolean): string {
    const character = this.text[this.at];
    if (character === undefined) return this.unclosed(start);
    const kind = this.text[this.at + 1];
    if (character === '[' && (kind === ':' || kind === '.' || kind === '=')) return this.named(start, kind);
    if (character === '-' && !hyphen && kind !== ']') {
      this.fail('"-" can stand only first, last, or between two characters of "[…]"');
      return 'set';
    }
    this.at += 1;
    return character;
  }

  private named(start: number, kind: string): string {
    const end = this.text.indexOf(`${kind}]`, this.at + 2);
    if (end < 0 || end - this.at - 2 > longestName) return this.unclosed(start);
    const name = this.text.slice(this.at + 2, end);
    const known = kind === ':' ? classes.has(name) : name.length === 1;
    if (!known) {
      this.fail(`"[${kind}${name}${kind}]" is not known`);
      return 'set';
    }
    this.at = end + 2;
    return kind === '.' ? name : 'set';
  }

  private unclosed(start: number): string {
    this.fail('"[" has no "]" after it', start);
    return 'set';
  }

  private peek(anchors: boolean): Token {
    const character = this.text[this.at];
    switch (character) {
      case undefined:
        return { kind: 'end' };
      case '*':
        return { kind: 'star' };
      case '[':
        return { kind: 'bracket' };
      case '^':
        return { kind: anchors ? 'anchor' : 'literal' };
      case '$':
        return { kind: /^\$(?:$|\\[|)])/.test(this.text.slice(this.at, this.at + 3)) ? 'anchor' : 'literal' };
      case '\\':
        return escaped(this.text[this.at + 1]);
      default:
        return { kind: 'literal' };
    }
  }

  private fail(reason: string, offset = this.at): undefined {
    this.problem ??= { offset, reason };
    return undefined;
  }
}

function escaped(character: string | undefined): Token {
  switch (character) {
    case undefined:
      return { kind: 'trailing-backslash' };
    case '|':
      return { kind: 'or' };
    case '(':
      return { kind: 'open' };
    case ')':
      return { kind: 'close' };
    case '{':
      return { kind: 'open-count' };
    case '}':
      return { kind: 'close-count' };
    case '+':
    case '?':
      return { kind: 'repeat' };
    case '<':
    case '>':
    case 'b':
    case 'B':
    case '`':
    case "'":
      return { kind: 'anchor' };
    default:
      return /[1-9]/.test(character) ? { kind: 'reference', group: Number(character) } : { kind: 'atom' };
  }
}
