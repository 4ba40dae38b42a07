/** What the shell makes of a word: none, one or several fields, as far as that is known. */
import type { Span } from '../text/span';
import { type Scope, unknown, type Value } from './scope';
import type { Word, WordPart } from './syntax';

/** One argument of a command. */
export interface Field {
  /** Undefined where only a run of the script can tell. */
  readonly text: string | undefined;
  /** Why it is not known, as a clause. */
  readonly reason: string | undefined;
  /** Whether it may be several arguments, or none. */
  readonly loose: boolean;
  /** The word that it comes from. */
  readonly span: Span;
}

/** Longer values and lists are not followed: a script may double a text again and again. */
const longest = 10_000;

export function expandWords(words: readonly Word[], scope: Scope): readonly Field[] {
  const fields: Field[] = [];
  for (const word of words) {
    fields.push(...expandWord(word, scope));
    if (fields.length > longest) return fields.slice(0, longest);
  }
  return fields;
}

export function expandWord({ parts, span }: Word, scope: Scope): readonly Field[] {
  const builder = new FieldBuilder(span);
  const reason = generated(parts);
  if (reason !== undefined) builder.unknown(reason, true);
  else for (const part of parts) builder.add(part, scope);
  return builder.done();
}

/** The value that an assignment gives: never parted, and no pattern. */
export function expandValue(parts: readonly WordPart[], scope: Scope): Value {
  let text = '';
  for (const part of parts) {
    const value = part.kind === 'text' ? part.text : single(part, scope);
    if (typeof value !== 'string') return value;
    text += value;
    if (text.length > longest) return unknown('it is too long');
  }
  return { kind: 'text', text };
}

function single(part: WordPart, scope: Scope): string | Value {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'opaque') return unknown(`it depends on ${part.what}`);
  const value = parameterValue(part, scope);
  if (value.kind === 'unknown') return value;
  return value.kind === 'text' ? value.text : value.items.join(' ');
}

/** Patterns of file names, and lists in braces, which some shells expand and others do not. */
function generated(parts: readonly WordPart[]): string | undefined {
  const bare = parts.map((part) => (part.kind === 'text' && !part.quoted ? part.text : '\0')).join('');
  if (/[*?]|\[[^\]]+\]/.test(bare)) return 'an argument is a pattern of file names';
  return /\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(bare)
    ? 'an argument is a list in braces, which not every shell knows'
    : undefined;
}

type Parameter = WordPart & { readonly kind: 'parameter' };

/** `$x`, `${x[0]}`, and `${x:-…}` where x is known and not empty. */
function parameterValue({ name, index, operation }: Parameter, scope: Scope): Value {
  const whole = scope.get(name);
  if (whole.kind === 'unknown') return whole;
  const value = elementOf(whole, name, index);
  if (operation === '' || value.kind === 'unknown') return value;
  const empty = value.kind === 'text' ? value.text === '' : value.items.length === 0;
  return /^:?[-=?]/.test(operation) && !empty
    ? value
    : unknown(`it depends on \${${name}${operation.slice(0, 20)}}`);
}

function elementOf(value: Value, name: string, index: string | undefined): Value {
  if (value.kind === 'unknown') return value;
  const items = value.kind === 'array' ? value.items : [value.text];
  if (index === '@' || index === '*') return { kind: 'array', items };
  if (index === undefined && (name === '@' || name === '*')) return value;
  if (index !== undefined && !/^[0-9]{1,6}$/.test(index))
    return unknown(`it depends on \${${name}[${index.slice(0, 20)}]}`);
  const text = items[Number(index ?? 0)];
  return text === undefined ? { kind: 'text', text: '' } : { kind: 'text', text };
}

class FieldBuilder {
  private readonly fields: Field[] = [];
  private text = '';
  private reason: string | undefined;
  private loose = false;
  /** Whether anything has been written, be it an empty text in quotes. */
  private begun = false;
  private vanishes = false;

  constructor(private readonly span: Span) {}

  add(part: WordPart, scope: Scope): void {
    switch (part.kind) {
      case 'text':
        this.write(part.text, part.quoted);
        break;
      case 'opaque':
        this.unknown(`an argument depends on ${part.what}`, !part.quoted);
        break;
      case 'parameter':
        this.parameter(part, parameterValue(part, scope), scope);
    }
  }

  unknown(reason: string, loose: boolean): void {
    this.begun = true;
    this.reason ??= reason;
    this.loose ||= loose;
  }

  private write(text: string, quoted: boolean): void {
    this.begun ||= quoted || text !== '';
    this.text += text;
    if (this.text.length > longest) this.unknown('an argument is too long', false);
  }

  private parameter(part: Parameter, value: Value, scope: Scope): void {
    if (value.kind === 'unknown') this.unknown(value.reason, !part.quoted || isEvery(part));
    else if (part.quoted && value.kind === 'text') this.write(value.text, true);
    else if (part.quoted) this.items(itemsOf(value, isEvery(part)));
    else if (scope.get('IFS').kind !== 'unknown' && part.name !== 'IFS') {
      this.unknown('an argument is parted by the IFS of this script', true);
    } else this.split(itemsOf(value, false).join(''));
  }

  /** `"$@"`: what stands before it joins the first, and what follows the last. */
  private items(items: readonly string[]): void {
    this.vanishes ||= items.length === 0;
    items.forEach((item, index) => {
      if (index > 0) this.end();
      this.write(item, true);
    });
  }

  /** An unquoted value is parted at blanks, and its parts may be patterns. */
  private split(text: string): void {
    if (/[*?[]/.test(text)) {
      this.unknown('an argument is a pattern of file names', true);
      return;
    }
    for (const piece of text.split(/([ \t\n]+)/)) {
      if (/^[ \t\n]+$/.test(piece)) this.end();
      else this.write(piece, false);
    }
  }

  private end(): void {
    if (!this.begun) return;
    const { text, reason, loose, span } = this;
    this.fields.push({ text: reason === undefined ? text : undefined, reason, loose, span });
    this.text = '';
    this.reason = undefined;
    this.loose = false;
    this.begun = false;
  }

  done(): readonly Field[] {
    // An empty list in quotes is no argument, unlike an empty text.
    if (!(this.vanishes && this.text === '' && this.reason === undefined)) this.end();
    return this.fields;
  }
}

function itemsOf(value: Exclude<Value, { readonly kind: 'unknown' }>, every: boolean): readonly string[] {
  if (value.kind === 'text') return [value.text];
  return every ? value.items : [value.items.join(' ')];
}

function isEvery({ name, index }: Parameter): boolean {
  return index === '@' || (index === undefined && name === '@');
}
